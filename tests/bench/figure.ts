import { budgets, type Budget, type BudgetName } from './budgets.ts';

/** One line of what a benchmark found. */
export interface Figure {
	what: string;
	/** The figures themselves, in words. */
	found: string;
	/** The one that is held against a budget. */
	value?: number;
	unit?: Budget['unit'];
	budget?: BudgetName;
}

/** True unless the figure has a budget that it does not keep. */
export function holds({ value, budget }: Figure): boolean {
	if (budget === undefined || value === undefined) return true;
	const { least = -Infinity, most = Infinity }: Budget = budgets[budget];
	return value >= least && value <= most;
}

/** A value as people write it; a share as the part of a whole that it is. */
export function writeValue(value: number, unit: Budget['unit']): string {
	if (unit === 'share') return value >= 1 ? `×${value.toFixed(1)}` : `1/${trim(1 / value)}`;
	return `${trim(value)} ${unit}`;
}

function trim(value: number): string {
	return value >= 100 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, '');
}

/** The lines as a table, each with its budget and whether that holds. */
export function writeTable(figures: readonly Figure[]): string {
	const rows = figures.map((figure) => [
		figure.what,
		figure.found,
		figure.value === undefined ? '' : writeValue(figure.value, figure.unit ?? 'share'),
		figure.budget === undefined ? '' : writeBudget(budgets[figure.budget]),
		figure.budget === undefined ? '' : holds(figure) ? 'holds' : 'DOES NOT HOLD'
	]);
	const widths = [0, 1, 2, 3].map((column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0))
	);
	return rows
		.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
		.map((line) => `  ${line.trimEnd()}`)
		.join('\n');
}

function writeBudget({ least, most, unit }: Budget): string {
	return least === undefined
		? `at most ${writeValue(most ?? Infinity, unit)}`
		: `at least ${writeValue(least, unit)}`;
}

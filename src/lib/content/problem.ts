import type { Localised } from './localised.ts';

/** Something in a content file that its author should mend. */
export interface Problem {
	/** Stable and kebab-case; what tests and documents refer to. */
	code: string;
	severity: 'error' | 'warning';
	file: string;
	/** Counted from 1. */
	line: number;
	/** The keys that lead to the place, joined by dots; list positions count from 0; empty for the whole file. */
	path: string;
	message: Localised;
	/** The shortest sequence of choices that shows a fault which depends on what was chosen before. */
	way?: readonly string[];
}

/** `file:line: severity: code: path: sentence`, on one line, in English. */
export function formatProblem({ file, line, severity, code, path, message }: Problem): string {
	const sentence = message.en.replaceAll(/\s+/gu, ' ').trim();
	return `${file}:${line}: ${severity}: ${code}: ${path === '' ? '-' : path}: ${sentence}`;
}

/** Joins keys to the path that a problem shows. */
export function formatPath(path: readonly (string | number)[]): string {
	return path.join('.');
}

/** Whether any of the problems is an error; warnings alone stop nothing. */
export function hasErrors(problems: readonly Problem[]): boolean {
	return problems.some((problem) => problem.severity === 'error');
}

/** In the order of files, then lines; problems of one line keep their order. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
	return problems.toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line);
}

function compareText(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

import type { Sheet } from './document.ts';
import { palette } from './palette.ts';

export interface PdfColumn {
	title: string;
	/** Of the width, against the other columns. */
	share: number;
	/** `end` for numbers: they stand under one another. */
	align?: 'start' | 'end';
}

export interface PdfTable {
	/** What the table shows; stands above it. */
	caption: string;
	columns: readonly PdfColumn[];
	/** The first cell of each is the heading of its row. */
	rows: readonly (readonly string[])[];
}

const pad = 4;
const size = 9.5;

/** Rows are kept whole; on every further page the headings stand again, to be seen and not read twice. */
export function writeTable(sheet: Sheet, { caption, columns, rows }: PdfTable): void {
	const { doc, root } = sheet;
	const shares = columns.reduce((sum, { share }) => sum + share, 0);
	const widths = columns.map(({ share }) => (sheet.width * share) / shares);
	const lefts = widths.map(
		(_, nth) => sheet.left + widths.slice(0, nth).reduce((a, b) => a + b, 0)
	);
	const bottom = doc.page.height - doc.page.margins.bottom;
	const heading = columns.map(({ title }) => title);

	const table = doc.struct('Table');
	root.add(table);
	sheet.keep(4 * size * 3);
	sheet.set({ weight: 'bold' });
	table.add(
		doc.struct('Caption', {}, () =>
			doc.text(sheet.spell(caption), sheet.left, doc.y, { width: sheet.width })
		)
	);
	doc.y += 3;

	const head = section('THead');
	row(heading, true, (cells) => addTo(head, cells, () => 'Column'));
	head.end();
	const rest = section('TBody');
	for (const cells of rows) {
		if (doc.y + heightOf(cells, false) > bottom) {
			doc.addPage();
			row(heading, true, (writes) => sheet.decorate(() => writes.forEach((write) => write())));
		}
		row(cells, false, (writes) => addTo(rest, writes, (nth) => (nth === 0 ? 'Row' : null)));
	}
	rest.end();
	table.end();
	doc.x = sheet.left;

	function section(tag: string): PDFKit.PDFStructureElement {
		const element = doc.struct(tag);
		table.add(element);
		return element;
	}

	function addTo(
		parent: PDFKit.PDFStructureElement,
		writes: readonly (() => void)[],
		scopeOf: (nth: number) => 'Column' | 'Row' | null
	) {
		const line = doc.struct('TR');
		parent.add(line);
		writes.forEach((write, nth) => {
			const scope = scopeOf(nth);
			// The scope of a heading is newer than the library's types.
			const options = { scope } as PDFKit.Mixins.StructureElementOptions;
			line.add(doc.struct(scope ? 'TH' : 'TD', options, write));
		});
		line.end();
	}

	function row(
		cells: readonly string[],
		isHeading: boolean,
		place: (writes: readonly (() => void)[]) => void
	) {
		const { y } = doc;
		const height = heightOf(cells, isHeading);
		place(
			cells.map((cell, nth) => () => {
				setCell(isHeading);
				doc.text(sheet.spell(cell), (lefts[nth] ?? 0) + padOf(nth), y + pad, optionsOf(nth));
			})
		);
		sheet.decorate(() =>
			doc
				.moveTo(sheet.left, y + height)
				.lineTo(sheet.left + sheet.width, y + height)
				.lineWidth(isHeading ? 1 : 0.5)
				.stroke(palette[isHeading ? 'line-strong' : 'line'])
		);
		doc.y = y + height;
	}

	function padOf(nth: number) {
		return nth === 0 ? 0 : pad;
	}

	function setCell(isHeading: boolean) {
		sheet.set({
			size,
			weight: isHeading ? 'bold' : 'regular',
			colour: isHeading ? 'ink-soft' : 'ink'
		});
	}

	function optionsOf(nth: number): PDFKit.Mixins.TextOptions {
		const align = columns[nth]?.align === 'end' ? 'right' : 'left';
		const width = (widths[nth] ?? 0) - padOf(nth) - (nth === columns.length - 1 ? 0 : pad);
		return align === 'right' ? { width, align, features: ['tnum', 'kern'] } : { width, align };
	}

	function heightOf(cells: readonly string[], isHeading: boolean) {
		setCell(isHeading);
		const heights = cells.map((cell, nth) => doc.heightOfString(sheet.spell(cell), optionsOf(nth)));
		return Math.max(...heights) + 2 * pad;
	}
}

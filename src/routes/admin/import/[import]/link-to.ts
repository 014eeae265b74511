import type { RowFilter } from '#lib/workplaces/import-preview.ts';

/** The address of a page of rows, of one kind where that is asked for. */
export function linkTo(rows: RowFilter | null, page = 1): string {
	const wish = new URLSearchParams({
		...(rows && { rows }),
		...(page > 1 && { page: String(page) })
	});
	return `?${wish}#rows`;
}

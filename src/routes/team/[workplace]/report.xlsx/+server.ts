import { gatherExport } from '#lib/completion/team-export.server.ts';
import { writeWorkbook } from '#lib/server/workbook.server.ts';
import { answer } from '../../../respond.ts';
import { listColumns, openExport } from '../../export.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(async () => {
		const { portions, cells, course, today } = await openExport(event, event.params.workplace);
		const rows = await gatherExport(portions);
		const columns = listColumns();
		const body = await writeWorkbook({
			name: course.title,
			headings: columns.map(({ name }) => name),
			widths: columns.map(({ width }) => width),
			rows: rows.map(cells)
		});
		return new Response(body, {
			headers: {
				'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
				'content-disposition': `attachment; filename="holdepunkt-${course.slug}-${today}.xlsx"`,
				'cache-control': 'no-store'
			}
		});
	});

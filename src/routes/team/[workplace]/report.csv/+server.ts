import { writeCsv, writeCsvLines } from '#lib/server/csv.ts';
import { answer } from '../../../respond.ts';
import { listColumns, openExport, writeText } from '../../export.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(async () => {
		const { portions, cells, course, today } = await openExport(event, event.params.workplace);
		const encoder = new TextEncoder();
		const body = new ReadableStream<Uint8Array>({
			start(controller) {
				controller.enqueue(encoder.encode(writeCsv([listColumns().map(({ name }) => name)])));
			},
			// A piece is made when the one before it has left.
			async pull(controller) {
				const { done, value } = await portions.next();
				if (done) return controller.close();
				const lines = value.map((row) => cells(row).map(writeText));
				controller.enqueue(encoder.encode(writeCsvLines(lines)));
			},
			async cancel() {
				await portions.return(undefined);
			}
		});
		return new Response(body, {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': `attachment; filename="holdepunkt-${course.slug}-${today}.csv"`,
				'cache-control': 'no-store'
			}
		});
	});

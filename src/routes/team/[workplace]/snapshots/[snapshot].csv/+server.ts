import { readSnapshot } from '#lib/completion/snapshots.server.ts';
import { writeCsv } from '#lib/server/csv.ts';
import { answer, signedIn } from '../../../../respond.ts';
import { listRows } from '../../../snapshot-rows.ts';
import { viewSnapshot } from '../../../snapshot.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { workplace, snapshot } = event.params;
		const kept = viewSnapshot(await readSnapshot(app, actor, workplace, snapshot), locale);
		return new Response(writeCsv(listRows(kept)), {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': `attachment; filename="holdepunkt-status-${kept.madeOn}.csv"`,
				'cache-control': 'no-store'
			}
		});
	});

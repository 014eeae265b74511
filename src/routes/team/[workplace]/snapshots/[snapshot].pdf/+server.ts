import { readSnapshot } from '#lib/completion/snapshots.server.ts';
import { answer, signedIn } from '../../../../respond.ts';
import { writeSnapshot } from '../../../snapshot-pdf.ts';
import { viewSnapshot } from '../../../snapshot.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { workplace, snapshot } = event.params;
		const kept = viewSnapshot(await readSnapshot(app, actor, workplace, snapshot), locale);
		return new Response(await writeSnapshot(kept, locale), {
			headers: {
				'content-type': 'application/pdf',
				'content-disposition': `attachment; filename="holdepunkt-status-${kept.madeOn}.pdf"`,
				'cache-control': 'no-store'
			}
		});
	});

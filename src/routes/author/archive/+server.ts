import { gatherArchive } from '#lib/authoring/take-out.server.ts';
import { writeZip } from '#lib/server/zip.ts';
import { dayOf } from '#lib/time.ts';
import { requireNothing } from '../../admin/forms.ts';
import { answer, requireFresh } from '../../respond.ts';
import type { RequestHandler } from './$types';

/** All texts of who is asking in one file. A form asks for it, so that it is meant. */
export const POST: RequestHandler = (event) =>
	answer(async () => {
		const actor = requireFresh(event, '/author');
		await requireNothing(event.request);
		const { app } = event.locals;
		const entries = await gatherArchive(app, actor);
		return new Response(new Uint8Array(writeZip(entries)), {
			headers: {
				'content-type': 'application/zip',
				'content-disposition': `attachment; filename="holdepunkt-${dayOf(app.now())}.zip"`,
				'cache-control': 'no-store'
			}
		});
	});

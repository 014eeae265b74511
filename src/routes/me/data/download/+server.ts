import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { writeCsv } from '#lib/server/csv.ts';
import { dayOf } from '#lib/time.ts';
import { readForm } from '../../../forms.ts';
import { answer, requireFresh } from '../../../respond.ts';
import { gatherOwn, tabulateOwn } from '../../gather.server.ts';
import type { RequestHandler } from './$types';

const wish = v.strictObject({ format: v.picklist(['json', 'csv']) });

/** Everything the platform holds of who is asking, as a file. A form asks for it, so that it is meant. */
export const POST: RequestHandler = (event) =>
	answer(async () => {
		const actor = requireFresh(event, '/me/data');
		const { app } = event.locals;
		const { success, output } = await readForm(event.request, wish);
		if (!success) error(422, { message: 'invalid' });
		const own = await gatherOwn(app, actor);
		await app.db.write((tx) =>
			writeAudit(tx, app.now(), { event: 'data.exported', actor, subject: actor.person })
		);
		const isJson = output.format === 'json';
		const name = `holdepunkt-${dayOf(app.now())}.${output.format}`;
		return new Response(isJson ? JSON.stringify(own, null, '\t') : writeCsv(tabulateOwn(own)), {
			headers: {
				'content-type': isJson ? 'application/json; charset=utf-8' : 'text/csv; charset=utf-8',
				'content-disposition': `attachment; filename="${name}"`
			}
		});
	});

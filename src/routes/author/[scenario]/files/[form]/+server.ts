import { takenForms, takeOut } from '#lib/authoring/take-out.server.ts';
import { DomainError } from '#lib/errors.ts';
import { languageOf } from '../../../../me/send-pdf.ts';
import { answer, signedIn } from '../../../../respond.ts';
import type { RequestHandler } from './$types';

/** A draft as a file, always to be kept and never shown: it may be somebody's story. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const form = takenForms.find((one) => one === event.params.form);
		if (!form) throw new DomainError('not-found', 'form');
		const wish = { form, locale: languageOf(event.url, locale) };
		const { name, type, body } = await takeOut(app, actor, event.params.scenario, wish);
		return new Response(body, {
			headers: {
				'content-type': `${type}; charset=utf-8`,
				'content-disposition': `attachment; filename="${name}"`,
				'content-security-policy': 'sandbox',
				'cache-control': 'no-store'
			}
		});
	});

import { writePoster } from '#lib/plenary/poster.server.ts';
import { answer, signedIn } from '../../../../respond.ts';
import { languageOf, sendPdf } from '../../../../me/send-pdf.ts';
import type { RequestHandler } from './$types';

/** The agreements of a house, to hang on its wall. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const language = languageOf(event.url, locale);
		return sendPdf(await writePoster(app, actor, event.params.workplace, language));
	});

import { writeCertificate } from '#lib/certificates/write-certificate.server.ts';
import { answer, signedIn } from '../../../respond.ts';
import { languageOf, sendPdf } from '../../send-pdf.ts';
import type { RequestHandler } from './$types';

/** One's own certificate as a file. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const language = languageOf(event.url, locale);
		return sendPdf(await writeCertificate(app, actor, event.params.certificate, language));
	});

import { writeTranscript } from '#lib/certificates/write-transcript.server.ts';
import { answer, signedIn } from '../../respond.ts';
import { languageOf, sendPdf } from '../send-pdf.ts';
import type { RequestHandler } from './$types';

/** One's own transcript as a file. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		return sendPdf(await writeTranscript(app, actor, languageOf(event.url, locale)));
	});

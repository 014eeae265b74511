import { readTranscriptTables } from '#lib/certificates/write-transcript.server.ts';
import { answer, signedIn } from '../../respond.ts';
import { languagesFrom } from '../send-pdf.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const tables = await readTranscriptTables(app, actor, locale);
		return { ...tables, languages: languagesFrom(locale) };
	});

import type { Locale } from '#lib/content/localised.ts';
import type { PdfFile } from '#lib/certificates/write-certificate.server.ts';

/** The language a file is wanted in: the one asked for, else that of the page. */
export function languageOf({ searchParams }: URL, locale: Locale): Locale {
	const asked = searchParams.get('language');
	return asked === 'da' || asked === 'en' ? asked : locale;
}

/** Both languages, that of the page first. */
export function languagesFrom(locale: Locale): readonly Locale[] {
	return locale === 'en' ? ['en', 'da'] : ['da', 'en'];
}

/** A PDF to be kept; nobody between keeps it. */
export function sendPdf({ name, body }: PdfFile): Response {
	return new Response(body, {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
}

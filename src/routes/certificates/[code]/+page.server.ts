import { error } from '@sveltejs/kit';
import { verifyCertificate } from '#lib/certificates/verify.server.ts';
import { localise } from '#lib/content/localised.ts';
import { writeDay } from '#lib/time.ts';
import { answer } from '../../respond.ts';
import type { PageServerLoad } from './$types';

/** What anybody who holds a code may see; a code that is wrong and one that is gone look the same. */
export const load: PageServerLoad = async ({
	params,
	setHeaders,
	getClientAddress,
	locals: { app, locale }
}) => {
	setHeaders({
		'x-robots-tag': 'noindex, nofollow, noarchive',
		'referrer-policy': 'no-referrer',
		'cache-control': 'no-store'
	});
	const found = await answer(() => verifyCertificate(app, params.code, getClientAddress()));
	if (!found) error(404, { message: 'not-found', reason: 'certificate-unknown' });
	const { code, state, name, issuer } = found;
	const course = app.library.catalogue.course(found.course);
	const write = (day: string | null) => day && writeDay(day, locale);
	return {
		code,
		state,
		name,
		issuer,
		course: course ? localise(course.title, locale) : found.course,
		version: found.version.slice(0, 10),
		completedOn: write(found.completedOn),
		issuedOn: write(found.issuedOn),
		validUntil: write(found.validUntil),
		renewedOn: write(found.renewedOn)
	};
};

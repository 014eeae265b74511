import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	issueCertificate,
	listOwnCertificates,
	showName,
	withdrawCertificate
} from '#lib/certificates/certificates.server.ts';
import { localise } from '#lib/content/localised.ts';
import { groupCode } from '#lib/identity/one-time-code.ts';
import { findLedDay } from '#lib/plenary/feedback.server.ts';
import { writeDay } from '#lib/time.ts';
import { readForm } from '../../forms.ts';
import { answer, signedIn } from '../../respond.ts';
import { languagesFrom } from '../send-pdf.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const own = await listOwnCertificates(app, actor);
		const ledOn = await findLedDay(app.db.read, actor.person);
		return {
			languages: languagesFrom(locale),
			/** A session that they have led here stands for a day of their own telling. */
			led: ledOn && writeDay(ledOn, locale),
			courses: own.map(({ course: slug, certificates, completedOn, by, hindrance }) => {
				const course = app.library.catalogue.course(slug);
				return {
					slug,
					title: course ? localise(course.title, locale) : slug,
					isTaught: course !== undefined,
					completedOn: writeDay(completedOn, locale),
					by,
					hindrance,
					certificates: certificates.map((one) => ({
						id: one.id,
						code: groupCode(one.code),
						state: one.state,
						showsName: one.showsName,
						issuedOn: writeDay(one.issuedOn, locale),
						validUntil: one.validUntil && writeDay(one.validUntil, locale)
					}))
				};
			})
		};
	});

const id = v.pipe(v.string(), v.maxLength(64));
const made = v.strictObject({ course: id, day: v.optional(v.pipe(v.string(), v.maxLength(10))) });
const shown = v.strictObject({ certificate: id, shows: v.picklist(['yes', 'no']) });
const taken = v.strictObject({ certificate: id });

export const actions = {
	make: async (event) => {
		const actor = signedIn(event);
		const { success, output } = await readForm(event.request, made);
		if (!success) error(422, { message: 'invalid' });
		const { course, day } = output;
		const { app } = event.locals;
		const issued = await answer(async () => {
			const led = await findLedDay(app.db.read, actor.person);
			return issueCertificate(app, actor, course, led ?? day ?? null);
		});
		if (issued === null) return fail(422, { course, day: day ?? '' });
		redirect(303, `/me/certificates#${encodeURIComponent(course)}`);
	},
	/** Names the holder on the page of the check, or does not any more. */
	show: async (event) => {
		const actor = signedIn(event);
		const { success, output } = await readForm(event.request, shown);
		if (!success) error(422, { message: 'invalid' });
		const { certificate, shows } = output;
		await answer(() => showName(event.locals.app, actor, certificate, shows === 'yes'));
		redirect(303, `/me/certificates#certificate-${encodeURIComponent(certificate)}`);
	},
	withdraw: async (event) => {
		const actor = signedIn(event);
		const { success, output } = await readForm(event.request, taken);
		if (!success) error(422, { message: 'invalid' });
		await answer(() => withdrawCertificate(event.locals.app, actor, output.certificate));
		redirect(303, '/me/certificates');
	}
} satisfies Actions;

import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import { listCourseCompletions } from '#lib/completion/transcript.server.ts';
import { DomainError } from '#lib/errors.ts';
import { groupCode } from '#lib/identity/one-time-code.ts';
import { findHolder } from '#lib/identity/people.server.ts';
import { drawQr } from '#lib/identity/qr.server.ts';
import { writePdf, type PdfFigure, type PdfWriter } from '#lib/server/pdf/document.ts';
import { startOfDay, writeDay } from '#lib/time.ts';
import * as m from '#lib/ui/messages/messages.js';
import { findOwnCertificate, type Certificate } from './certificates.server.ts';

/** A file to be handed out. */
export interface PdfFile {
	name: string;
	body: Uint8Array<ArrayBuffer>;
}

/** As much of a version as one writes down. */
export const shownVersion = 10;

/** Where anybody may check a certificate. */
export function addressOf({ origin }: App, { code }: { code: string }): string {
	return `${origin}/certificates/${groupCode(code)}`;
}

/**
 * Somebody's own certificate as a tagged PDF. It tells what was completed, when, and what that does not
 * mean; what they chose on the way is not known here.
 *
 * @throws {DomainError} `not-found` for nobody's certificate, and for somebody else's.
 */
export async function writeCertificate(
	app: App,
	actor: Actor,
	id: string,
	locale: Locale
): Promise<PdfFile> {
	const { db, library } = app;
	const certificate = await findOwnCertificate(db.read, actor, id);
	const holder = await findHolder(db.read, actor.person);
	if (!holder) throw new DomainError('not-found', 'person');
	const said = { locale };
	const course = library.catalogue.course(certificate.course);
	const title = course?.title[locale] ?? certificate.course;
	const completions = await listCourseCompletions(db.read, actor.person);
	const done = completions.find(
		({ course: slug, cycle }) => slug === certificate.course && cycle === certificate.cycle
	);
	const isRenewed = certificate.cycle > 1 || done?.by === 'refresher';
	const code = groupCode(certificate.code);
	const body = await writePdf(
		{
			title: m.certificate_of({ name: holder.name, title }, said),
			language: locale,
			author: holder.organisation,
			madeAt: startOfDay(certificate.issuedOn),
			footer: (page, pages) => m.certificate_foot({ code, page, pages }, said)
		},
		(pdf) => {
			const quiet = { colour: 'ink-soft', size: 12, below: 2 } as const;
			pdf.figure(horizon(pdf.width));
			pdf.heading(1, m.certificate_title({}, said));
			pdf.paragraph(holder.name, { size: 19, weight: 'bold', below: 2 });
			const what = isRenewed ? m.certificate_has_renewed : m.certificate_has_completed;
			pdf.paragraph(what({}, said), quiet);
			pdf.paragraph(title, { size: 15, weight: 'bold', below: 12 });
			const address = addressOf(app, certificate);
			const facts = listFacts(certificate, { ...holder, isRenewed, level: nameLevel(), locale });
			pdf.beside(qrOf(address, locale), 160, () => pdf.facts(facts));
			pdf.heading(2, m.certificate_check({}, said));
			pdf.paragraph(m.certificate_check_text({}, said), { below: 2 });
			pdf.link(address, address);
			writeOutcomes(pdf);
			writeLimits(pdf);
		}
	);
	return { name: `${m.certificate_file({}, said)}-${code}.pdf`, body };

	function levelOf(slug: string) {
		return library.catalogue.framework.levels.find((one) => one.slug === slug);
	}

	function nameLevel(): string | null {
		return (course && levelOf(course.level)?.title[locale]) ?? null;
	}

	function writeOutcomes(pdf: PdfWriter): void {
		const { outcomes } = library.catalogue.framework;
		const taught = outcomes.filter(({ id: one }) => certificate.outcomes.includes(one));
		const headings = { knowledge: m.certificate_knowledge, skill: m.certificate_skills };
		for (const kind of ['knowledge', 'skill'] as const) {
			const some = taught.filter((one) => one.kind === kind);
			if (some.length === 0) continue;
			pdf.heading(2, headings[kind]({}, said));
			pdf.list(some.map(({ text }) => text[locale]));
		}
	}

	function writeLimits(pdf: PdfWriter): void {
		const { framework } = library.catalogue;
		const level = course && levelOf(course.level);
		pdf.heading(2, m.certificate_limits({}, said));
		pdf.list([
			m.certificate_limit_exam({}, said),
			m.certificate_limit_choices({}, said),
			m.certificate_limit_ways({}, said),
			m.certificate_limit_therapist({}, said),
			m.certificate_limit_framework({}, said),
			...(level?.own ? [m.certificate_limit_own({ level: level.title[locale] }, said)] : [])
		]);
		for (const { slug, prefix, title: name } of framework.levels) {
			const missing = framework.uncovered.filter(({ id: one }) => one.startsWith(`${prefix}-`));
			const isTouched = framework.outcomes.some(
				(one) => one.level === slug && certificate.outcomes.includes(one.id)
			);
			if (!isTouched || missing.length === 0) continue;
			pdf.paragraph(m.certificate_limit_gaps({ level: name[locale] }, said));
			pdf.list(
				missing.map(
					({ id: one }) => framework.outcomes.find((each) => each.id === one)?.text[locale] ?? one
				)
			);
		}
	}
}

function listFacts(
	{ completedOn, issuedOn, validUntil, version, ledOn, ledHere }: Certificate,
	about: { organisation: string; isRenewed: boolean; level: string | null; locale: Locale }
): [string, string][] {
	const { locale, isRenewed, level, organisation } = about;
	const said = { locale };
	const tellLed = ledHere ? m.certificate_led_here : m.certificate_led_text;
	const write = (day: string) => writeDay(day, locale);
	const done = isRenewed ? m.certificate_renewed : m.certificate_completed;
	return [
		[done({}, said), write(completedOn)],
		[
			m.certificate_until({}, said),
			validUntil ? write(validUntil) : m.certificate_until_none({}, said)
		],
		...(level ? [[m.certificate_level({}, said), level] satisfies [string, string]] : []),
		...(ledOn
			? [
					[m.certificate_led({}, said), tellLed({ day: write(ledOn) }, said)] satisfies [
						string,
						string
					]
				]
			: []),
		[
			m.certificate_version({}, said),
			m.certificate_version_text({ version: version.slice(0, shownVersion) }, said)
		],
		[m.certificate_issued({}, said), write(issuedOn)],
		[m.certificate_issuer({}, said), organisation]
	];
}

/** The line that keeps still while things move; it says nothing. */
function horizon(width: number): PdfFigure {
	const height = 34;
	return {
		alt: null,
		width,
		height,
		draw(surface) {
			const hill = `M0 ${height} C ${width * 0.2} 6 ${width * 0.34} 10 ${width * 0.5} 20`;
			surface.path(`${hill} S ${width * 0.84} 30 ${width} 12 V ${height} Z`, {
				fill: 'green-soft'
			});
			surface.line(
				[
					[0, height],
					[width, height]
				],
				{ stroke: 'green', width: 1.5 }
			);
		}
	};
}

function qrOf(address: string, locale: Locale): PdfFigure {
	const side = 104;
	const { size, path } = drawQr(address);
	return {
		alt: m.certificate_qr({}, { locale }),
		width: side,
		height: side,
		draw: (surface) => surface.scale(side / size, () => surface.path(path, { fill: 'ink' }))
	};
}

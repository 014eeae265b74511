import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import type { CompletionSource } from '#lib/completion/completions.server.ts';
import { readAsked, readTranscript } from '#lib/completion/transcript.server.ts';
import type { WaiverReason } from '#lib/completion/waiver.ts';
import type { Locale } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';
import { findHolder } from '#lib/identity/people.server.ts';
import { writePdf } from '#lib/server/pdf/document.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import * as m from '#lib/ui/messages/messages.js';
import { shownVersion, type PdfFile } from './write-certificate.server.ts';

/** One's transcript in words: every table with its headings and its rows, the oldest first. */
export interface TranscriptTables {
	courses: readonly { title: string; cycle: number; day: string; version: string; how: string }[];
	modules: readonly {
		title: string;
		course: string;
		day: string;
		version: string;
		how: string;
	}[];
	waivers: readonly { title: string; period: string; reason: string }[];
}

const sources: Readonly<Record<CompletionSource, typeof m.me_source_learned>> = {
	learned: m.me_source_learned,
	attended: m.me_source_attended,
	credited: m.me_source_credited
};

const reasons: Readonly<Record<WaiverReason, typeof m.waive_reason_short>> = {
	'external-consultant': m.waive_reason_external,
	'short-stay': m.waive_reason_short,
	'trained-elsewhere': m.waive_reason_trained
};

/** Everything that somebody has completed, and from what they were excused. */
export async function readTranscriptTables(
	{ db, library }: App,
	{ person }: Actor,
	locale: Locale
): Promise<TranscriptTables> {
	const { courses, modules } = await readTranscript(db.read, person);
	const { waivers } = await readAsked(db.read, person);
	const { catalogue } = library;
	const said = { locale };
	// What is not taught any more keeps the name it is stored under.
	const titleOf = (course: string) => catalogue.course(course)?.title[locale] ?? course;
	const write = (day: string) => writeDay(day, locale);
	return {
		courses: courses.map(({ course, cycle, day, version, source, by }) => ({
			title: titleOf(course),
			cycle,
			day: write(day),
			version: version.slice(0, shownVersion),
			how: by === 'refresher' ? m.me_source_refreshed({}, said) : sources[source]({}, said)
		})),
		modules: modules.map(({ course, module, day, version, source }) => ({
			title: catalogue.module(course, module)?.title[locale] ?? module,
			course: titleOf(course),
			day: write(day),
			version: version.slice(0, shownVersion),
			how: sources[source]({}, said)
		})),
		waivers: waivers.map(({ course, reason, fromDay, untilDay }) => ({
			title: titleOf(course),
			period: untilDay
				? m.transcript_between({ from: write(fromDay), until: write(untilDay) }, said)
				: m.transcript_since({ from: write(fromDay) }, said),
			// Only ever written by `waivers.server.ts`.
			reason: reasons[reason as WaiverReason]({}, said)
		}))
	};
}

/** One's own transcript as a tagged PDF. */
export async function writeTranscript(app: App, actor: Actor, locale: Locale): Promise<PdfFile> {
	const holder = await findHolder(app.db.read, actor.person);
	if (!holder) throw new DomainError('not-found', 'person');
	const said = { locale };
	const { courses, modules, waivers } = await readTranscriptTables(app, actor, locale);
	const column = (title: string, share: number) => ({ title, share });
	const what = {
		day: column(m.me_transcript_when({}, said), 3.5),
		version: column(m.transcript_version({}, said), 2.4),
		how: column(m.me_transcript_how({}, said), 2.8)
	};
	const { name } = holder;
	const body = await writePdf(
		{
			title: m.transcript_title_of({ name }, said),
			language: locale,
			author: holder.organisation,
			madeAt: app.now(),
			footer: (page, pages) => m.transcript_foot({ name, page, pages }, said)
		},
		(pdf) => {
			pdf.heading(1, m.transcript_heading({}, said));
			pdf.paragraph(name, { size: 15, weight: 'bold', below: 4 });
			const day = writeDay(dayOf(app.now()), locale);
			pdf.paragraph(m.transcript_lead_pdf({ day }, said));
			if (courses.length + modules.length === 0) pdf.paragraph(m.me_transcript_empty({}, said));
			if (courses.length > 0)
				pdf.table({
					caption: m.transcript_courses({}, said),
					columns: [
						column(m.transcript_course({}, said), 5),
						column(m.transcript_time({}, said), 1.2),
						what.day,
						what.version,
						what.how
					],
					rows: courses.map((row) => [row.title, `${row.cycle}`, row.day, row.version, row.how])
				});
			if (modules.length > 0)
				pdf.table({
					caption: m.transcript_modules({}, said),
					columns: [
						column(m.transcript_module({}, said), 4),
						column(m.transcript_course({}, said), 3.4),
						what.day,
						what.version,
						what.how
					],
					rows: modules.map((row) => [row.title, row.course, row.day, row.version, row.how])
				});
			if (waivers.length > 0)
				pdf.table({
					caption: m.transcript_waivers({}, said),
					columns: [
						column(m.transcript_course({}, said), 1),
						column(m.transcript_period({}, said), 1),
						column(m.waive_reason({}, said), 1)
					],
					rows: waivers.map((row) => [row.title, row.period, row.reason])
				});
		}
	);
	return { name: `${m.transcript_file({}, said)}-${dayOf(app.now())}.pdf`, body };
}

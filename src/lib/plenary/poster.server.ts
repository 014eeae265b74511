import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import { findHolder } from '#lib/identity/people.server.ts';
import { writePdf, type PdfFigure, type PdfWriter } from '#lib/server/pdf/document.ts';
import { dayOf, startOfDay, writeDay } from '#lib/time.ts';
import * as m from '#lib/ui/messages/messages.js';
import { readAgreements } from './agreements.server.ts';

/** A file to be handed out. */
export interface PosterFile {
	name: string;
	body: Uint8Array<ArrayBuffer>;
}

/**
 * Sizes of the sentences in points, the largest that fits first. At the smallest a capital is eleven
 * millimetres high: twice what good eyes need at four metres. Where not all fit, there is another sheet.
 */
const sizes = [76, 68, 60, 54, 48];

/**
 * The poster of a house's agreements: A3, tagged, in one language, with a drawing of our own. Changes
 * with a name and a date are not on it: it hangs where everybody comes by.
 *
 * @throws {DomainError} as `readAgreements`.
 */
export async function writePoster(
	app: App,
	actor: Actor,
	workplace: string,
	locale: Locale
): Promise<PosterFile> {
	const { workplace: house, standing, contacts } = await readAgreements(app, actor, workplace);
	const holder = await findHolder(app.db.read, actor.person);
	const said = { locale };
	const today = dayOf(app.now());
	const sentences = standing.filter(({ kind }) => kind === 'here-we').map(({ body }) => body);
	const title = m.plenary_poster_title({}, said);
	const body = await writePdf(
		{
			title: m.plenary_poster_of({ name: house.name }, said),
			language: locale,
			author: holder?.organisation ?? house.name,
			madeAt: startOfDay(today),
			paper: 'A3',
			footer: () => m.plenary_poster_foot({ day: writeDay(today, locale) }, said)
		},
		(pdf) => {
			let rest = sentences;
			let isFirst = true;
			while (isFirst || rest.length > 0) {
				if (!isFirst) pdf.turnPage();
				pdf.figure(drawHorizon(pdf.width, isFirst ? m.plenary_poster_alt({}, said) : null));
				pdf.paragraph(house.name, { size: 30, colour: 'ink-soft', below: 0 });
				if (isFirst) writeTitle(pdf, title);
				const foot = contacts.length > 0 ? 58 : 0;
				const { size, fits } = findSize(pdf, rest, pdf.left - foot);
				pdf.largeList(rest.slice(0, fits), size);
				if (contacts.length > 0) {
					pdf.gap(Math.max(0, pdf.left - foot));
					pdf.paragraph(contacts.map(({ label, number }) => `${label} ${number}`).join('   ·   '), {
						size: 18,
						colour: 'ink-soft',
						below: 0
					});
				}
				rest = rest.slice(fits);
				isFirst = false;
			}
		}
	);
	return { name: `${m.plenary_poster_file({}, said)}.pdf`, body };
}

function writeTitle(pdf: PdfWriter, title: string): void {
	pdf.heading(1, title, 84);
	pdf.gap(6);
}

/** The largest size at which all of them fit, else the smallest with as many as do. */
function findSize(
	pdf: PdfWriter,
	sentences: readonly string[],
	room: number
): { size: number; fits: number } {
	for (const size of sizes) {
		const fits = countFitting(pdf, sentences, size, room);
		if (fits === sentences.length) return { size, fits };
	}
	const size = sizes.at(-1) ?? 48;
	// One at least on each sheet, or there would be no end.
	return { size, fits: Math.max(1, countFitting(pdf, sentences, size, room)) };
}

function countFitting(
	pdf: PdfWriter,
	sentences: readonly string[],
	size: number,
	room: number
): number {
	let used = 0;
	let count = 0;
	for (const sentence of sentences) {
		used += pdf.measureLarge(sentence, size);
		if (used > room) break;
		count += 1;
	}
	return count;
}

/** A shore at rest: a sun half up, two hills, still water, and the post with its rope. */
function drawHorizon(width: number, alt: string | null): PdfFigure {
	const height = 236;
	const shore = 158;
	return {
		alt,
		width,
		height,
		draw(surface) {
			surface.rect(0, 0, width, height, { fill: 'green-soft' });
			surface.circle(width * 0.7, shore - 8, 62, { fill: 'clay-soft' });
			const far = `M0 ${shore} C ${width * 0.14} ${shore - 96} ${width * 0.3} ${shore - 104}`;
			surface.path(`${far} ${width * 0.52} ${shore} Z`, { fill: 'blue' });
			const near = `M${width * 0.34} ${shore} C ${width * 0.5} ${shore - 56} ${width * 0.82}`;
			surface.path(`${near} ${shore - 74} ${width} ${shore - 18} V ${shore} Z`, { fill: 'green' });
			surface.rect(0, shore, width, height - shore, { fill: 'blue-soft' });
			for (const [from, to, y] of [
				[0.58, 0.8, 20],
				[0.64, 0.86, 38],
				[0.1, 0.3, 30],
				[0.68, 0.78, 56]
			] as const)
				surface.line(
					[
						[width * from, shore + y],
						[width * to, shore + y]
					],
					{ stroke: 'blue', width: 2 }
				);
			const post = width * 0.2;
			const top = shore - 70;
			const side = `M${post} ${shore + 34} V ${top + 13} C ${post} ${top - 4} ${post + 26} ${top - 4}`;
			surface.path(`${side} ${post + 26} ${top + 13} V ${shore + 34} Z`, { fill: 'ink' });
			for (const y of [top + 38, top + 48])
				surface.line(
					[
						[post - 4, y],
						[post + 30, y]
					],
					{ stroke: 'clay-soft', width: 4 }
				);
			surface.line(
				[
					[0, shore],
					[width, shore]
				],
				{ stroke: 'ink', width: 2 }
			);
		}
	};
}

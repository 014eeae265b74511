import type { Locale } from '#lib/content/localised.ts';
import { writePdf, type PdfFigure, type PdfWriter } from '#lib/server/pdf/document.ts';
import { startOfDay } from '#lib/time.ts';
import * as m from '#lib/ui/messages/messages.js';
import type { CurveView } from './curve.ts';
import type { SnapshotView } from './snapshot.ts';
import { stateName } from './state-name.ts';

/** A status for the board as a PDF, in the language of the page. */
export function writeSnapshot(
	kept: SnapshotView,
	locale: Locale
): Promise<Uint8Array<ArrayBuffer>> {
	const { day, workplace, organisation } = kept;
	return writePdf(
		{
			title: `${m.snapshot_heading({ day })}, ${workplace}`,
			language: locale,
			subject: m.snapshot_lead({ name: workplace, organisation }),
			author: m.shell_name(),
			madeAt: startOfDay(kept.madeOn),
			footer: (page, pages) => m.snapshot_foot({ name: workplace, day, page, pages })
		},
		(pdf) => compose(pdf, kept)
	);
}

function compose(pdf: PdfWriter, kept: SnapshotView): void {
	const { day, workplace: name, organisation } = kept;
	pdf.heading(1, m.snapshot_heading({ day }));
	pdf.paragraph(m.snapshot_lead({ name, organisation }), { size: 12 });
	if (kept.shows === 'counts') pdf.paragraph(m.snapshot_counts_only());
	pdf.paragraph(m.snapshot_words());
	pdf.paragraph(m.snapshot_units_few(), { colour: 'ink-soft' });
	pdf.heading(2, m.snapshot_courses());
	pdf.table({
		caption: m.snapshot_courses(),
		columns: [
			{ title: m.team_course(), share: 5 },
			{ title: m.team_completed(), share: 3, align: 'end' },
			{ title: m.snapshot_counted_on(), share: 3, align: 'end' }
		],
		rows: kept.courses.map(({ title, counts, asOf }) =>
			counts
				? [title, m.team_share({ completed: counts.valid, total: counts.total }), asOf]
				: [title, m.snapshot_hidden(), '']
		)
	});
	for (const course of kept.courses) composeCourse(pdf, course);
	if (kept.coverage) composeCoverage(pdf, kept.coverage);
}

function composeCourse(
	pdf: PdfWriter,
	{ title, counts, states, units, curve }: SnapshotView['courses'][number]
): void {
	if (!counts) return;
	pdf.heading(2, title);
	pdf.table({
		caption: m.snapshot_state(),
		columns: [
			{ title: m.snapshot_state(), share: 5 },
			{ title: m.snapshot_people(), share: 2, align: 'end' }
		],
		rows: states.map((state) => [stateName(state), String(counts.byState[state])])
	});
	if (units.length > 0)
		pdf.table({
			caption: m.snapshot_units({ course: title }),
			columns: [
				{ title: m.snapshot_unit(), share: 5 },
				{ title: m.team_completed(), share: 2, align: 'end' }
			],
			rows: units.map((unit) => [
				unit.name,
				m.team_share({ completed: unit.counts.valid, total: unit.counts.total })
			])
		});
	if (curve.months.length < 2) return;
	pdf.keep(260);
	pdf.heading(3, m.snapshot_curve({ course: title }));
	pdf.figure(drawCurve(pdf.width, curve, title));
	pdf.table({
		caption: m.curve_chart({ course: title }),
		columns: [
			{ title: m.curve_month(), share: 5 },
			{ title: m.curve_unit(), share: 2, align: 'end' }
		],
		rows: curve.months.map(({ label, completed, of }) => [
			label,
			of === null ? String(completed) : m.team_share({ completed, total: of })
		])
	});
}

/** The same line as on the page. */
function drawCurve(width: number, { months, max }: CurveView, course: string): PdfFigure {
	const height = 150;
	const [left, top, ground] = [28, 8, 124];
	const right = width - 8;
	const places = months.map(
		({ completed }, index) =>
			[
				left + (index / (months.length - 1)) * (right - left),
				ground - (completed / max) * (ground - top)
			] as const
	);
	const [first, last] = [months[0]?.label ?? '', months.at(-1)?.label ?? ''];
	return {
		alt: m.curve_chart({ course }),
		width,
		height,
		draw(on) {
			for (const share of [1, 0.5, 0]) {
				const y = ground - share * (ground - top);
				on.line(
					[
						[left, y],
						[right, y]
					],
					{ stroke: share === 0 ? 'line-strong' : 'line', width: share === 0 ? 1 : 0.5 }
				);
				on.label(String(max * share), left - 6, y - 5, { anchor: 'end', colour: 'ink-soft' });
			}
			on.line(places, { stroke: 'green', width: 2 });
			const end = places.at(-1);
			if (end) on.circle(end[0], end[1], 3.5, { fill: 'green' });
			on.label(first, left, ground + 8, { colour: 'ink-soft' });
			on.label(last, right, ground + 8, { anchor: 'end', colour: 'ink-soft' });
		}
	};
}

function composeCoverage(
	pdf: PdfWriter,
	{ people, asOf, levels }: NonNullable<SnapshotView['coverage']>
): void {
	pdf.heading(2, m.snapshot_coverage());
	pdf.paragraph(m.coverage_as_of({ people, day: asOf }));
	pdf.paragraph(m.coverage_rounded());
	const columns = [
		{ title: m.coverage_taught(), share: 2, align: 'end' },
		{ title: m.coverage_practised(), share: 2, align: 'end' },
		{ title: m.coverage_refreshed(), share: 2, align: 'end' }
	] as const;
	const cells = ({ taught, practised, refreshed }: (typeof levels)[number]['shares']) =>
		[taught, practised, refreshed].map((share) =>
			share === null ? m.coverage_not_offered() : m.coverage_share({ from: share[0], to: share[1] })
		);
	pdf.table({
		caption: m.coverage_levels(),
		columns: [{ title: m.coverage_level(), share: 6 }, ...columns],
		rows: levels.map(({ title, shares }) => [title, ...cells(shares)])
	});
	for (const { title, outcomes } of levels)
		pdf.table({
			caption: title,
			columns: [{ title: m.coverage_outcome(), share: 6 }, ...columns],
			rows: outcomes.map(({ id, text, shares }) => [`${text} (${id})`, ...cells(shares)])
		});
}

import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { readReleasesOf } from '#lib/authoring/choice-releases.server.ts';
import { listComments } from '#lib/authoring/comments.server.ts';
import { readDraft } from '#lib/authoring/document/read.ts';
import { planTour } from '#lib/authoring/path-tour.ts';
import { readTextBefore } from '#lib/authoring/published.server.ts';
import { headPart, reviewKeys, type ReviewKey } from '#lib/authoring/review.ts';
import { readReview, type ReviewView } from '#lib/authoring/reviews.server.ts';
import { readDocument } from '#lib/authoring/updates.server.ts';
import { locales, type Locale } from '#lib/content/localised.ts';
import { compare } from '#lib/scenario/compare.ts';
import { describeChange } from '#lib/scenario/describe-change.ts';
import type { LibraryScenario } from '#lib/scenario/library.server.ts';
import type { Scenario, Scene } from '#lib/scenario/model.ts';
import { isEnding } from '#lib/scenario/scenes.ts';
import * as m from '#lib/ui/messages/messages.js';
import { writeDay, dayOf } from '#lib/time.ts';

/** A text with what it is, as the page of a review shows it. */
export interface ReviewText {
	label: string;
	/** Sanitised HTML, or plain text where the format has no Markdown. */
	html: string | null;
	text: string | null;
}

/** Where the line from draft to published stands. */
export function stepOf({ state, standing }: ReviewView) {
	if (state.value === 'published') return 'published' as const;
	if (state.value !== 'in-review') return 'draft' as const;
	const isApproved = standing.approved > 0 && standing.approved === standing.parts.length;
	return isApproved ? ('approved' as const) : ('review' as const);
}

/** How many of the two keys are turned for every part. */
export function countKeys({ standing: { parts } }: ReviewView): number {
	if (parts.length === 0) return 0;
	return reviewKeys.filter((key) => parts.every(({ turned }) => turned[key] !== null)).length;
}

/** All that the page of a review shows; who has turned a key is told to nobody but themselves. */
export async function describeReview(app: App, actor: Actor, draft: string, locale: Locale) {
	const view = await readReview(app, actor, draft);
	const { access, state, standing, frozen, mayTurn } = view;
	const slug = access.draft.slug ?? '';
	const prepared = frozen?.body ? app.library.prepare(frozen.body, slug) : undefined;
	const places = await mapPlaces(app, draft);
	const names = Object.fromEntries(
		Object.entries(prepared?.scenario.scenes ?? {}).map(([key, scene]) => [
			key,
			nameScene(key, scene, locale)
		])
	);
	const before = view.sentBefore ?? (await readTextBefore(app, actor, draft));
	const changes = await tellChanges(app, slug, before, prepared, locale);
	const current = access.draft.begunFrom;
	return {
		id: draft,
		title: access.draft.title[locale] || access.draft.title.da || access.draft.title.en,
		step: stepOf(view),
		stage: state.value,
		keysTurned: countKeys(view),
		approved: standing.approved,
		isWriter: access.role === 'owner' || access.role === 'co-author',
		isReviewer: access.keys.length > 0,
		isEditor: access.isEditor,
		isPublishable: view.isPublishable,
		excluded: view.excluded ?? null,
		openMusts: view.openMusts,
		sentOn: frozen ? writeDay(dayOf(frozen.sentAt), locale) : null,
		isFirst: before === null,
		walks: prepared ? planTour(prepared.scenario).length : 0,
		parts: standing.parts.map(({ part, hash, turned }) => ({
			part,
			hash,
			id: part === headPart ? 'head' : part,
			name: part === headPart ? m.author_review_head() : (names[part] ?? part),
			changes: changes.get(part) ?? [],
			turned: reviewKeys.filter((key) => turned[key] !== null),
			own: reviewKeys.filter((key) => turned[key] === actor.person),
			may: (mayTurn[part] ?? []).filter((key) => turned[key] !== actor.person),
			texts: locales
				.toSorted((a, b) => Number(b === locale) - Number(a === locale))
				.map((lang) => ({ lang, texts: prepared ? listTexts(prepared, part, lang) : [] }))
		})),
		choices: current ? await describeChoices(app, current, slug, locale) : [],
		comments: await listComments(app, actor, draft),
		places: Object.fromEntries(
			Object.entries(names).flatMap(([key, name]) => {
				const place = places.get(key);
				return place ? [[place, name]] : [];
			})
		)
	};
}

export type ReviewPage = Awaited<ReturnType<typeof describeReview>>;

/** The places of scenes in the draft as it is now, by the names that the file has for them. */
export async function mapPlaces(app: App, draft: string): Promise<Map<string, string>> {
	const { doc } = await readDocument(app.db.read, draft);
	return new Map(readDraft(doc).scenes.map(({ key, place }) => [key, place]));
}

/** The first words of a scene, by which people know it. */
export function nameScene(key: string, { text }: Scene, locale: Locale): string {
	const words = text[locale]
		.replaceAll(/[*_#>`]/gu, '')
		.split(/\s+/u)
		.filter(Boolean);
	if (words.length === 0) return key;
	return words.length > 7 ? `${words.slice(0, 7).join(' ')} …` : words.join(' ');
}

/** What has changed in each part since a text, in sentences. */
async function tellChanges(
	app: App,
	slug: string,
	before: string | null,
	after: LibraryScenario | undefined,
	locale: Locale
): Promise<Map<string, string[]>> {
	const told = new Map<string, string[]>();
	const known = before === null ? undefined : app.library.prepare(before, slug);
	if (!known || !after) return told;
	for (const change of compare(known.scenario, after.scenario)) {
		if (change.code === 'version-changed' || change.code === 'scenes-reordered') continue;
		const [where, scene] = change.path;
		const part = where === 'scenes' && scene !== undefined ? String(scene) : headPart;
		told.set(part, [...(told.get(part) ?? []), describeChange(change)[locale]]);
	}
	return told;
}

/** Every text of a part in one language, with what it is. */
function listTexts(
	{ presented, scenario }: LibraryScenario,
	part: string,
	locale: Locale
): ReviewText[] {
	const shown = presented[locale];
	const html = (label: string, html: string): ReviewText => ({ label, html, text: null });
	const text = (label: string, text: string): ReviewText => ({ label, html: null, text });
	if (part === headPart)
		return [
			text(m.author_review_text_title(), shown.title),
			text(m.author_review_text_summary(), shown.summary),
			text(m.author_review_text_note(), shown.contentNote),
			html(m.author_review_text_short(), shown.textVersion),
			...Object.values(shown.people).map(({ name, about }) => text(name, about)),
			...Object.entries(shown.gauges).map(([name, { words }]) =>
				text(name, words.map(({ word }) => word).join(' · '))
			)
		];
	const scene = shown.scenes[part];
	if (!scene) return [];
	const says = scene.says
		? [text(shown.people[scene.says.who]?.name ?? scene.says.who, scene.says.text)]
		: [];
	const texts = [html(m.author_review_text_scene(), scene.text), ...says];
	if (isEnding(scene)) return [...texts, html(m.author_review_text_takeaway(), scene.takeaway)];
	const names = (to: string) => {
		const target = scenario.scenes[to];
		return target ? nameScene(to, target, locale) : to;
	};
	return [
		...texts,
		...Object.values(scene.choices).flatMap((choice, at) => [
			text(
				m.author_review_text_choice({ number: at + 1, kind: kindName(choice.kind) }),
				choice.text
			),
			html(m.author_review_text_consequence(), choice.consequence),
			html(m.author_review_text_why(), choice.why),
			text(m.author_review_text_to(), names(choice.to))
		])
	];
}

const kinds = {
	good: m.author_review_kind_good,
	okay: m.author_review_kind_okay,
	harmful: m.author_review_kind_harmful
};
const kindName = (kind: keyof typeof kinds) => kinds[kind]();

/** How often choices of a published version were taken, where it may be told. */
async function describeChoices(app: App, hash: string, slug: string, locale: Locale) {
	const released = await readReleasesOf(app.db.read, hash);
	if (released.length === 0) return [];
	const current = app.library.scenario(slug);
	if (current?.hash !== hash) return [];
	return Object.entries(current.scenario.scenes).flatMap(([key, scene]) => {
		const cells = released.filter((one) => one.scene === key);
		if (cells.length === 0 || isEnding(scene)) return [];
		return [
			{
				scene: nameScene(key, scene, locale),
				choices: Object.entries(scene.choices).map(([name, { text }]) => ({
					text: text[locale],
					people: cells.find(({ choice }) => choice === name)?.people ?? null
				}))
			}
		];
	});
}

/** A frozen version as it is walked through. */
export async function describeTour(
	app: App,
	actor: Actor,
	draft: string,
	locale: Locale,
	wanted: string | null
) {
	const view = await readReview(app, actor, draft);
	const slug = view.access.draft.slug ?? '';
	const prepared = view.frozen?.body ? app.library.prepare(view.frozen.body, slug) : undefined;
	if (!prepared) return null;
	const walks = planTour(prepared.scenario);
	const number = Math.min(walks.length, Math.max(1, Math.trunc(Number(wanted ?? 1)) || 1));
	const places = await mapPlaces(app, draft);
	const scenario: Scenario<string> = prepared.presented[locale];
	const { themes } = app.library.catalogue;
	return {
		id: draft,
		title: scenario.title,
		scenario,
		walks: walks.map(({ covers }) => covers.filter((one) => one.includes('/')).length),
		number,
		moves: walks[number - 1]?.moves ?? [],
		places: Object.fromEntries(places),
		themes: Object.fromEntries(themes.map((one) => [one.slug, one[locale]])),
		comments: await listComments(app, actor, draft)
	};
}

/** What somebody may want to turn, by name. */
export function keyName(key: ReviewKey): string {
	return key === 'subject' ? m.author_key_subject() : m.author_key_lived();
}

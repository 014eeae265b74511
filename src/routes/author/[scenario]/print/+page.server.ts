import { readOwnDraft } from '#lib/authoring/take-out.server.ts';
import type { Draft, DraftScene } from '#lib/authoring/document/draft.ts';
import type { Locale } from '#lib/content/localised.ts';
import { renderMarkdown } from '#lib/content/markdown.ts';
import { languageOf } from '../../../me/send-pdf.ts';
import { answer, signedIn } from '../../../respond.ts';
import { titleOf } from '../../words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app } = event.locals;
		const language = languageOf(event.url, event.locals.locale);
		const { known, draft } = await readOwnDraft(app, actor, event.params.scenario);
		const { glossary } = app.library.catalogue;
		const terms = new Map(glossary.terms.map((term) => [term.slug, term]));
		let texts = 0;
		const render = (markdown: string) => {
			texts += 1;
			const options = { locale: language, terms, sources: new Map(), idPrefix: `text-${texts}` };
			return renderMarkdown(markdown, { ...options, headingShift: 2 }).html;
		};
		return {
			id: known.id,
			language,
			title: titleOf(known.title, language),
			summary: draft.summary[language],
			people: draft.people.map(({ name, about }) => ({ name, about: about[language] })),
			scenes: draft.scenes.map((scene, index) => describe(draft, scene, index, language, render)),
			textVersion: draft.textVersion[language] ? render(draft.textVersion[language]) : ''
		};
	});

function describe(
	draft: Draft,
	scene: DraftScene,
	index: number,
	language: Locale,
	render: (markdown: string) => string
) {
	const numberOf = (id: string | null) => draft.scenes.findIndex((one) => one.id === id) + 1;
	return {
		number: index + 1,
		isStart: scene.id === draft.start,
		ending: scene.ending,
		text: scene.text[language] ? render(scene.text[language]) : '',
		says: scene.says && {
			who: draft.people.find(({ id }) => id === scene.says?.who)?.name ?? '',
			words: scene.says.text[language]
		},
		takeaway: scene.ending === null ? '' : scene.takeaway[language],
		choices:
			scene.ending === null
				? scene.choices.map(({ text, kind, consequence, why, to }) => ({
						text: text[language],
						kind,
						consequence: consequence[language],
						why: why[language],
						to: numberOf(to)
					}))
				: []
	};
}

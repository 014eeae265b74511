import * as v from 'valibot';
import { isAllowedLink } from './link.ts';
import { filledText, locales, localised } from './localised.ts';
import { shapeMessage } from './shape-message.ts';
import { filledList, slug } from './slug.ts';

/** https, or a page of our own; a mailbox is not a place where something awaits one. */
const address = v.pipe(
	v.string(),
	v.check(
		(text) => isAllowedLink(text) && !/^mailto:/iu.test(text),
		shapeMessage('bad-link', {
			da: 'Skriv en adresse, der begynder med https://, eller en egen side som /help.',
			en: 'write an address that begins with https://, or a page of our own such as /help'
		})
	)
);

const link = v.strictObject({
	url: address,
	title: localised,
	/** What one finds there. */
	awaits: localised
});

/** Something printed, of which we know no address. */
const work = v.strictObject({
	/** In the language it is written in. */
	title: filledText,
	language: v.picklist(locales),
	awaits: localised
});

const group = v.strictObject({ slug, title: localised });

const tool = v.strictObject({
	slug,
	group: slug,
	name: localised,
	/** The language of the name, where it is called the same in both. */
	nameLanguage: v.optional(v.picklist(locales)),
	/** In a few words what hides behind the name. */
	gloss: v.optional(localised),
	/** Questionnaires are answered; in ways of working one takes part; material is read or seen. */
	kind: v.picklist(['material', 'questionnaire', 'guide', 'approach', 'method']),
	/** What for. */
	purpose: localised,
	/** Who answers or takes part. */
	who: localised,
	language: localised,
	/** Licence and fee, as far as they are known. */
	terms: localised,
	/** What to mind before it is used. */
	care: v.optional(localised),
	links: v.optional(v.array(link), []),
	works: v.optional(v.array(work), []),
	source: localised
});

/** toolbox.yaml: what others have made and modules point to; described, never copied. */
export const toolboxFile = v.strictObject({
	groups: filledList(group),
	tools: filledList(tool)
});

export type Toolbox = v.InferOutput<typeof toolboxFile>;
export type Tool = v.InferOutput<typeof tool>;
export type ToolGroup = v.InferOutput<typeof group>;

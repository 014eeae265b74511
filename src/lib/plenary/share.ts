import type { Module } from '#lib/content/course.ts';
import type { Locale } from '#lib/content/localised.ts';

/** A page to take to a staff meeting after a module: one picture, one try, one question. */
export interface ShareSheet {
	title: string;
	minutes: number;
	/** What it is about, in a sentence; null where the module has none. */
	summary: string | null;
	/** Of what it teaches, in the words of the framework. */
	outcomes: readonly string[];
	/** The landing of the module: what one may take along today. */
	today: string | null;
	/** Questions of the module, without their answers, to be asked in the room. */
	questions: readonly string[];
}

/** As many as a quarter of an hour holds. */
const mostQuestions = 2;
const mostOutcomes = 3;

/** What of a module is worth taking to the house; its landing and questions as HTML. */
export function makeShareSheet(
	module: Module,
	nameOutcome: (id: string) => string | undefined,
	locale: Locale
): ShareSheet {
	const landing = module.steps.find(({ kind }) => kind === 'landing');
	return {
		title: module.title[locale],
		minutes: module.minutes,
		summary: module.summary?.[locale] ?? null,
		outcomes: module.outcomes.flatMap((id) => nameOutcome(id) ?? []).slice(0, mostOutcomes),
		today: landing?.kind === 'landing' ? landing.text[locale] : null,
		questions: module.steps
			.flatMap((step) => (step.kind === 'check' ? [step.question[locale] as string] : []))
			.slice(0, mostQuestions)
	};
}

import type { CourseFile } from './course-file.ts';
import type { Html } from './html.ts';
import type { Localised } from './localised.ts';
import type { RenderedText } from './markdown.ts';

/** A course as learners meet it, its texts rendered. */
export interface Course {
	readonly slug: string;
	readonly title: Localised;
	readonly summary: Localised;
	/** Slug of a level of the framework. */
	readonly level: string;
	readonly roles: readonly string[];
	/** Slugs of courses to be taken before. */
	readonly requires: readonly string[];
	/** Days from assignment to due date. */
	readonly dueDays: number;
	readonly renew: CourseFile['renew'];
	/** SHA-256 over all its files, as hexadecimal digits: another text is another version. */
	readonly version: string;
	/** The text of all its files, of which `version` is the hash. */
	readonly body: string;
	/** In the order in which they are taken, without the refresher. */
	readonly modules: readonly Module[];
	readonly refresher: Module | undefined;
	/** Slugs of modules by the name of the selection; `full` is always there. */
	readonly paths: Readonly<Record<string, readonly string[]>>;
}

export interface Module {
	readonly slug: string;
	readonly title: Localised;
	readonly summary: Localised | undefined;
	readonly minutes: number;
	/** Ids of the framework. */
	readonly outcomes: readonly string[];
	readonly contentNote: Localised;
	readonly sources: readonly { readonly id: string; readonly text: Localised }[];
	/** Stem of the drawing's file name. */
	readonly illustration: string;
	readonly steps: readonly Step[];
	/** The equal way for those who would rather read. */
	readonly shortText: Localised<RenderedText>;
}

export type Step =
	| LessonStep
	| ChoiceStep
	| OrderStep
	| MatchStep
	| ScenarioStep
	| ReflectionStep
	| TaskStep
	| LandingStep;

interface AnyStep {
	/** Stable within the module; the name under which progress is kept. */
	readonly key: string;
}

export interface LessonStep extends AnyStep {
	readonly kind: 'lesson';
	readonly text: Localised<RenderedText>;
	/** Ids of what the exercise that a sheet guides has people practise. */
	readonly outcomes: readonly string[];
}

interface AnyCheck extends AnyStep {
	readonly kind: 'check';
	readonly question: Localised<Html>;
}

/** One right answer, or several. */
export interface ChoiceStep extends AnyCheck {
	readonly form: 'one' | 'several';
	readonly options: readonly Option[];
}

export interface Option {
	/** Stable within the step. */
	readonly id: string;
	readonly text: Localised<Html>;
	readonly right: boolean;
	readonly why: Localised<Html>;
}

/** Things to be put in order. */
export interface OrderStep extends AnyCheck {
	readonly form: 'order';
	/** In the right order. */
	readonly items: readonly { id: string; text: Localised<Html>; why: Localised<Html> }[];
	/** Their ids in the order in which they are offered, which is another one and always the same. */
	readonly offered: readonly string[];
}

/** Things that belong together. */
export interface MatchStep extends AnyCheck {
	readonly form: 'match';
	readonly pairs: readonly {
		id: string;
		left: Localised<Html>;
		right: Localised<Html>;
		/** The right side without its signs, for a list that shows plain text alone. */
		rightName: Localised;
		why: Localised<Html>;
	}[];
	/** Ids of the pairs in the order in which their right sides are offered. */
	readonly offered: readonly string[];
}

export interface ScenarioStep extends AnyStep {
	readonly kind: 'scenario';
	/** Slugs; of several, the learner picks the one closest to their day. */
	readonly scenarios: readonly string[];
	readonly intro: Localised<Html> | undefined;
}

export interface ReflectionStep extends AnyStep {
	readonly kind: 'reflection';
	readonly prompt: Localised<Html>;
	readonly hint: Localised | undefined;
}

/** Something to do at work, as a form of the workplace. */
export interface TaskStep extends AnyStep {
	readonly kind: 'task';
	/** The name of the form. */
	readonly task: string;
	readonly title: Localised;
	readonly text: Localised<Html> | undefined;
	/** Ids of what it has people practise. */
	readonly outcomes: readonly string[];
	readonly fields: readonly TaskField[];
}

export interface TaskField {
	readonly id: string;
	readonly kind: 'line' | 'text' | 'date';
	readonly label: Localised;
	readonly hint: Localised | undefined;
}

export interface LandingStep extends AnyStep {
	readonly kind: 'landing';
	/** One thing to use today. */
	readonly text: Localised<Html>;
}

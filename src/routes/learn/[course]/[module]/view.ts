import type { Html } from '#lib/content/html.ts';
import type { TextPart } from '#lib/content/markdown.ts';
import type { Step } from '#lib/content/course.ts';
import type { OwnHouse } from '#lib/plenary/agreements.server.ts';
import type { PlayView } from '../../../scenarios/play.ts';
import type { OwnOffer } from '../../own-offer.ts';

/** A step in the row of steps. */
export interface StepMark {
	key: string;
	kind: Step['kind'];
	/** A lesson's own title; null for the other kinds, which are named by what they are. */
	title: string | null;
	/** Whether it is behind the learner; nothing tells how. */
	behind: boolean;
}

export interface LessonView {
	kind: 'lesson';
	title: string;
	html: Html;
	/** The same text in parts, with what stands in its places; null where the learner's houses have nothing. */
	own: { parts: readonly TextPart[]; houses: readonly OwnHouse[] } | null;
}

interface AnyCheckView {
	kind: 'check';
	question: Html;
}

export interface ChoiceView extends AnyCheckView {
	check: 'one' | 'several';
	options: { text: Html; right: boolean; why: Html }[];
}

export interface OrderView extends AnyCheckView {
	check: 'order';
	/** As they are offered, each with the place where it belongs, counted from 1. */
	items: { text: Html; why: Html; place: number }[];
}

export interface MatchView extends AnyCheckView {
	check: 'match';
	/** Each with the index of the right side that belongs to it. */
	pairs: { left: Html; right: number; why: Html }[];
	/** As they are offered; `name` is the text without its signs. */
	rights: { text: Html; name: string }[];
}

/**
 * A question. Answered, it is shown with numbers: the indices of the options that were chosen; for
 * things to be put in order the place of each, as they were offered; for pairs the right side of each;
 * places and sides counted from 1, with 0 for none.
 */
export type CheckView = ChoiceView | OrderView | MatchView;

export interface ScenarioView {
	kind: 'scenario';
	/** What is said before one begins or chooses. */
	intro: Html | null;
	/** One, or several to choose the one closest to one's day from, each with its content note. */
	offered: {
		slug: string;
		title: string;
		summary: string;
		contentNote: string;
		setting: string;
		minutes: number;
	}[];
	/** The one that is being played, read or debriefed; null while there are several to choose from. */
	chosen: string | null;
	play: PlayView | null;
}

export interface ReflectionView {
	kind: 'reflection';
	prompt: Html;
	/** What the learner has written here before, for them alone. */
	written: string;
}

export interface LandingView {
	kind: 'landing';
	/** One thing to use today. */
	today: Html;
}

/** Something to do at work, as a form of the workplace. */
export interface TaskView {
	kind: 'task';
	title: string;
	text: Html | null;
	/** The plan of one workplace, for those who may write in it; null for those who only learn. */
	form: PlanForm | null;
	/** For those who only learn: their own workplaces, and whether something stands in the plan. */
	own: { id: string; name: string; isBegun: boolean }[];
}

export interface PlanForm {
	workplace: { id: string; name: string };
	/** Every workplace whose plan they may write. */
	places: { id: string; name: string }[];
	fields: PlanField[];
	revision: number;
	/** Who wrote last, null where the person is gone, and on which day, as people write it. */
	written: { by: string | null; on: string } | null;
	/** The plan as a page to be printed. */
	print: string;
}

export interface PlanField {
	id: string;
	kind: 'line' | 'text' | 'date';
	label: string;
	hint: string | null;
	value: string;
}

/** What became of a plan that was sent: what others had written meanwhile and is not there any more. */
export interface KeptPlan {
	by: string | null;
	overwritten: { label: string; theirs: string }[];
}

export type StepView =
	LessonView | CheckView | ScenarioView | ReflectionView | TaskView | LandingView;

/** What the page of a module shows. */
export interface ModuleView {
	course: { slug: string; title: string };
	module: {
		slug: string;
		title: string;
		minutes: number;
		contentNote: string;
		/** Stem of the drawing's file name. */
		illustration: string;
		/** Of the modules of its course, counted from 1; null for the refresher. */
		number: number | null;
	};
	/**
	 * A refresher made for the person, where one begins the refresher of a course or is done with it; null
	 * where only the standard one can be given.
	 */
	own: OwnOffer | null;
	/** The next module of the course that is not finished, if any. */
	next: { slug: string; title: string; minutes: number } | null;
	steps: StepMark[];
	/**
	 * `note`: the content note, before anything; `text`: the short text version; `step`: one step;
	 * `pause`: the pause as a page of its own; `finished`: everything is behind.
	 */
	view: 'note' | 'text' | 'step' | 'pause' | 'finished';
	/** Index of the step that is shown, or to go on with after a pause. */
	current: number;
	step: StepView | null;
	/** The short text version, for the view `text`. */
	shortText: Html | null;
	/** Where its facts come from; only once the module is finished. */
	sources: string[];
}

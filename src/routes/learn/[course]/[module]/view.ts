import type { Html } from '#lib/content/html.ts';
import type { Step } from '#lib/content/course.ts';
import type { PlayView } from '../../../scenarios/play.ts';

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
}

export interface CheckView {
	kind: 'check';
	check: 'one' | 'several';
	question: Html;
	options: { text: Html; right: boolean; why: Html }[];
}

export interface ScenarioView {
	kind: 'scenario';
	/** One, or several to choose the one closest to one's day from. */
	offered: { slug: string; title: string; summary: string; setting: string; minutes: number }[];
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

export type StepView = LessonView | CheckView | ScenarioView | ReflectionView | LandingView;

/** What the page of a module shows. */
export interface ModuleView {
	course: { slug: string; title: string };
	module: { slug: string; title: string; minutes: number; contentNote: string; number: number };
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
}

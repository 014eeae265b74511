/** What the first page of a signed-in learner shows: what now, how long, by when. */
export interface HomeView {
	name: string;
	/** The one next step; null when nothing is left. */
	next: {
		course: string;
		courseTitle: string;
		module: string;
		title: string;
		/** Stem of the drawing's file name. */
		illustration: string;
		/** Of the modules of its course, counted from 1; null for a refresher. */
		number: number | null;
		/** About how many minutes are left of it. */
		minutes: number;
		begun: boolean;
	} | null;
	/** What waits first. */
	courses: CourseSummary[];
	/** Tracks that are meant for others, and may be chosen. */
	more: { slug: string; title: string; minutes: number }[];
}

export interface CourseSummary {
	slug: string;
	title: string;
	summary: string;
	minutes: number;
	/** As people write it; null while it is not completed. */
	completedOn: string | null;
	/** What is asked, and by when, in a sentence; null where nobody asks anything. */
	asked: string | null;
	modules: ModuleSummary[];
	/** What keeps the course fresh, once it is completed; null before, or where there is none. */
	refresher: Omit<ModuleSummary, 'number' | 'state'> | null;
	/** False where the course waits for a leader behind it. */
	isOpen: boolean;
}

export interface ModuleSummary {
	slug: string;
	title: string;
	minutes: number;
	number: number;
	state: 'done' | 'now' | 'later';
	completedOn: string | null;
}

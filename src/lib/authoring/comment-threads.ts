/** What was said about one place, the first thing first. */
export interface CommentThread {
	id: string;
	/** Null for the draft as a whole. */
	place: string | null;
	/** The words it was about, as they were. */
	quote: string | null;
	/** Nothing is published before it is resolved. */
	must: boolean;
	isResolved: boolean;
	/** Whether who looks may resolve it. */
	mayResolve: boolean;
	said: readonly {
		id: string;
		body: string;
		/** Null for somebody who is gone. */
		name: string | null;
		isOwn: boolean;
		/** As ISO 8601. */
		at: string;
	}[];
}

/** The comments of a draft, for somebody in it. */
export interface CommentsView {
	threads: readonly CommentThread[];
	/** Who can be named. */
	people: readonly string[];
	/** Whether who looks was named here and has not said so far that they have seen it. */
	hasUnseen: boolean;
}

/** The threads of a place and of what lies below it; of the whole draft where there is none. */
export function threadsAt(
	threads: readonly CommentThread[],
	place: string | null
): CommentThread[] {
	if (place === null) return [...threads];
	return threads.filter((one) => one.place === place || one.place?.startsWith(`${place}/`));
}

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

/** Open threads at a place and below it. */
export interface PlaceCount {
	open: number;
	must: number;
}

/**
 * Open threads by place, each counted at its own place and at the part that it lies in, so that a scene
 * tells of what is said about any text of it.
 */
export function countByPlace(threads: readonly CommentThread[]): Map<string, PlaceCount> {
	const counts = new Map<string, PlaceCount>();
	for (const { place, must, isResolved } of threads) {
		if (place === null || isResolved) continue;
		const part = place.split('/').slice(0, 2).join('/');
		for (const one of new Set([place, part])) {
			const { open, must: musts } = counts.get(one) ?? { open: 0, must: 0 };
			counts.set(one, { open: open + 1, must: musts + (must ? 1 : 0) });
		}
	}
	return counts;
}

/** The threads of a place and of what lies below it; of the whole draft where there is none. */
export function threadsAt(
	threads: readonly CommentThread[],
	place: string | null
): CommentThread[] {
	if (place === null) return [...threads];
	return threads.filter((one) => one.place === place || one.place?.startsWith(`${place}/`));
}

import type { Somebody } from './signs.ts';

/** How far what was written has come. */
export type DraftSaving = 'saved' | 'saving' | 'kept' | 'signed-out' | 'shut';

/** What the frame needs of the line to the server; read anew whenever it changes. */
export interface Line {
	readonly saving: DraftSaving;
	/** Who else is in the draft now. */
	readonly others: readonly Somebody[];
	/** Tells the others where one is. */
	tellPlace(place: string): void;
	/** Calls back when comments may have changed, also while nobody could be heard. Returns what ends it. */
	hearComments(tell: () => void): () => void;
}

/** How far a draft has come on its way to being published. */
export interface DraftStatus {
	readonly step: 'draft' | 'review' | 'approved' | 'published';
	/** Keys turned. */
	readonly approvals: number;
}

/**
 * How long each class of data is kept: the one table that the nightly job carries out and that
 * `/privacy` shows. Times follow from what each is for; sources: Datatilsynet on logging (2024-32-0283)
 * for the log, custom in personnel matters (five years) for completions.
 */
export interface Retention {
	/** Counted from here until it is deleted. */
	from: 'when-made' | 'last-change' | 'when-it-ended' | 'leaving';
	/** Unless the organisation has decided otherwise. */
	days: number;
	/**
	 * What an organisation may choose; null where one time holds for all, since the rows tell neither
	 * person nor organisation, or since nobody needs another.
	 */
	choice: { least: number; most: number } | null;
	/** Whether months are counted whole, so that a row may stay up to 31 days longer. */
	byMonth?: boolean;
}

export const retention = {
	/** What somebody chose in scenarios, and which steps are behind them. */
	attempts: { from: 'when-made', days: 395, choice: null, byMonth: true },
	/** What somebody wrote for themselves. */
	reflections: { from: 'last-change', days: 365, choice: null, byMonth: true },
	/** The private side of somebody who has left. */
	privateAfterLeaving: { from: 'leaving', days: 30, choice: { least: 0, most: 90 } },
	/** A person with their completions, once they have left. */
	completions: { from: 'leaving', days: 1826, choice: { least: 365, most: 3653 } },
	/** That somebody was away. */
	absences: { from: 'when-it-ended', days: 365, choice: { least: 30, most: 730 } },
	/** Invitations, letters and links: for a new password, and into drafts. */
	entries: { from: 'when-it-ended', days: 30, choice: null },
	sessions: { from: 'when-it-ended', days: 1, choice: null },
	/** What somebody comes in by besides a password; it goes with their access, and whenever they remove it. */
	factors: { from: 'leaving', days: 0, choice: null },
	/** Lists that were brought, with what stood there before. */
	imports: { from: 'when-made', days: 90, choice: { least: 30, most: 365 } },
	/** What people were reminded of. */
	reminders: { from: 'when-made', days: 365, choice: null },
	/** Sessions of a house, with who was there. */
	houseSessions: { from: 'when-it-ended', days: 1095, choice: { least: 365, most: 1826 } },
	/** Agreements of a house that hold no longer. */
	agreements: { from: 'when-it-ended', days: 365, choice: null },
	/** Drafts of scenarios that were put away. */
	discardedDrafts: { from: 'when-it-ended', days: 30, choice: null },
	/** Who did what, looks at a person's record included. */
	audit: { from: 'when-made', days: 365, choice: null, byMonth: true },
	/** Notes of work that the platform has done: ids only. */
	jobs: { from: 'when-it-ended', days: 30, choice: null }
} as const satisfies Record<string, Retention>;

export type RetentionClass = keyof typeof retention;

export const retentionClasses = Object.keys(retention) as RetentionClass[]; // keys of the table above

/** An organisation's own decisions, by class, in days. */
export type RetentionChoices = Readonly<Partial<Record<RetentionClass, number>>>;

/** Days for which a class is kept; a choice that the table does not allow counts as none. */
export function daysKept(name: RetentionClass, choices: RetentionChoices = {}): number {
	const { days, choice }: Retention = retention[name];
	const chosen = choices[name];
	const isAllowed =
		choice !== null &&
		chosen !== undefined &&
		Number.isInteger(chosen) &&
		chosen >= choice.least &&
		chosen <= choice.most;
	return isAllowed ? chosen : days;
}

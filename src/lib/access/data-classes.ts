/**
 * What the platform keeps, of whom and for how long: the one table from which `/privacy` tells it, and by
 * which a breach is told. Every table of the three stores belongs to one class; a test holds that.
 */
import type { RetentionClass } from './retention.ts';

export type StoreOfClass = 'platform' | 'private' | 'keys';

export interface DataClass {
	store: StoreOfClass;
	/** Whose it is: somebody's own, the house's with a person named in it, or nobody's. */
	about: 'person' | 'house' | 'nobody';
	/** The article of the GDPR that asks for particular care: health may show in what somebody writes. */
	isSensitive?: boolean;
	/**
	 * Tables, each with the columns that name a person by id, and the one that tells when (a day, a month
	 * or a moment); empty where no column does.
	 */
	tables: Readonly<Record<string, { people: readonly string[]; when?: string }>>;
	/** How long it is kept; where no class of retention says it, as long as what it belongs to. */
	kept: RetentionClass | 'with-person' | 'with-house' | 'with-session' | 'lasting';
}

export const dataClasses = {
	/** Name, address, number, language, workplaces, roles. */
	record: {
		store: 'platform',
		about: 'person',
		kept: 'completions',
		tables: {
			people: { people: ['id'] },
			memberships: { people: ['person'] },
			grants: { people: ['person'] },
			reviewer_grants: { people: ['person', 'offered_by'], when: 'offered_at' }
		}
	},
	/** How somebody signs in. */
	ways: {
		store: 'platform',
		about: 'person',
		kept: 'with-person',
		tables: { passwords: { people: ['person'] } }
	},
	sessions: {
		store: 'platform',
		about: 'person',
		kept: 'sessions',
		tables: { sessions: { people: ['person'], when: 'begun_at' } }
	},
	entries: {
		store: 'platform',
		about: 'person',
		kept: 'entries',
		tables: {
			entry_tokens: { people: ['person', 'made_by'], when: 'made_at' },
			draft_links: { people: ['made_by'] },
			attendance_codes: { people: ['person'] },
			calendar_feeds: { people: ['person'], when: 'made_at' }
		}
	},
	/** That a module or course is completed, and on which day. */
	completed: {
		store: 'platform',
		about: 'person',
		kept: 'completions',
		tables: {
			module_completions: { people: ['person'], when: 'day' },
			course_completions: { people: ['person'], when: 'day' },
			unrecorded: { people: ['person'] },
			certificates: { people: ['person'], when: 'issued_on' }
		}
	},
	/** What somebody is asked to take, and from what they are let off. */
	asked: {
		store: 'platform',
		about: 'person',
		kept: 'completions',
		tables: {
			assignments: { people: ['person'], when: 'assigned_on' },
			waivers: { people: ['person', 'made_by'], when: 'made_on' },
			credits: { people: ['person', 'made_by'], when: 'made_on' },
			standings: { people: ['person'] },
			counted: { people: ['person'] },
			stale_standings: { people: ['person'] },
			published_people: { people: ['person'] }
		}
	},
	absences: {
		store: 'platform',
		about: 'person',
		kept: 'absences',
		tables: { absences: { people: ['person'], when: 'from_day' } }
	},
	reminders: {
		store: 'platform',
		about: 'person',
		kept: 'reminders',
		tables: {
			reminders: { people: ['person', 'made_by'], when: 'made_at' },
			reminder_stops: { people: ['person'], when: 'stopped_on' }
		}
	},
	imports: {
		store: 'platform',
		about: 'person',
		kept: 'imports',
		tables: { imports: { people: ['made_by'], when: 'made_at' }, import_rows: { people: [] } }
	},
	/** Sessions of a house: who leads, helps, was asked and was there. */
	houseSessions: {
		store: 'platform',
		about: 'house',
		kept: 'houseSessions',
		tables: {
			plenary_sessions: { people: ['facilitator'], when: 'held_on' },
			plenary_workplaces: { people: [] },
			plenary_helpers: { people: ['person'] },
			plenary_events: { people: [] },
			plenary_invitations: { people: ['person'], when: 'day' },
			attendances: { people: ['person'], when: 'day' }
		}
	},
	/** What phones in a room send: keyed by a secret that only the phone has. */
	room: {
		store: 'platform',
		about: 'nobody',
		kept: 'with-session',
		tables: {
			plenary_seats: { people: [] },
			plenary_votes: { people: [] },
			plenary_suggestions: { people: [] },
			plenary_backings: { people: [] }
		}
	},
	agreements: {
		store: 'platform',
		about: 'house',
		kept: 'agreements',
		tables: { agreements: { people: [], when: 'agreed_on' }, house_contacts: { people: [] } }
	},
	/** Plans, calendar and settings of a workplace. */
	house: {
		store: 'platform',
		about: 'house',
		kept: 'with-house',
		tables: {
			organisations: { people: [] },
			workplaces: { people: [] },
			workplace_reach: { people: [] },
			task_answers: { people: ['written_by'], when: 'written_on' },
			plan_entries: { people: ['owner', 'made_by'], when: 'on_day' },
			view_policies: { people: ['decided_by'], when: 'announced_on' },
			assignment_rules: { people: ['made_by'], when: 'made_on' }
		}
	},
	/** Counts of people, of five or more where they are shown. */
	figures: {
		store: 'platform',
		about: 'nobody',
		kept: 'lasting',
		tables: {
			headcounts: { people: [] },
			tallies: { people: [] },
			tally_months: { people: [] },
			stale_tallies: { people: [] },
			published: { people: [] },
			published_groups: { people: [] },
			snapshots: { people: ['made_by'], when: 'made_on' },
			choice_releases: { people: [] }
		}
	},
	/** Scenarios in writing, what is said of them, and who publishes them. */
	drafts: {
		store: 'platform',
		about: 'person',
		kept: 'discardedDrafts',
		tables: {
			drafts: { people: [], when: 'changed_at' },
			draft_people: { people: ['person'], when: 'consented_on' },
			draft_updates: { people: ['by'], when: 'at' },
			draft_documents: { people: [] },
			draft_comments: { people: ['by', 'resolved_by'], when: 'at' },
			draft_mentions: { people: ['person'] },
			reviews: { people: ['sent_by', 'last_author'], when: 'sent_at' },
			review_events: { people: ['by'], when: 'at' }
		}
	},
	/** What is published, with pen names, and whose it is. */
	publications: {
		store: 'platform',
		about: 'person',
		kept: 'lasting',
		tables: {
			published_scenarios: { people: [], when: 'published_on' },
			published_authors: { people: ['person'] },
			published_approvals: { people: ['person'], when: 'day' },
			content_versions: { people: [] }
		}
	},
	log: {
		store: 'platform',
		about: 'person',
		kept: 'audit',
		tables: {
			audit: { people: ['actor', 'subject'], when: 'at' },
			audit_months: { people: [] }
		}
	},
	jobs: { store: 'platform', about: 'nobody', kept: 'jobs', tables: { jobs: { people: [] } } },
	/** What somebody chose in scenarios, and which steps are behind them. */
	attempts: {
		store: 'private',
		about: 'person',
		kept: 'attempts',
		tables: {
			progress: { people: [], when: 'month' },
			attempts: { people: [], when: 'month' },
			moves: { people: [] },
			refreshers: { people: [], when: 'month' }
		}
	},
	/** What somebody wrote for themselves, sealed. */
	reflections: {
		store: 'private',
		about: 'person',
		isSensitive: true,
		kept: 'reflections',
		tables: { reflections: { people: [], when: 'month' } }
	},
	/** The key that joins a person to what is private. */
	keys: {
		store: 'keys',
		about: 'person',
		kept: 'privateAfterLeaving',
		tables: { learner_keys: { people: ['person'] } }
	}
} as const satisfies Record<string, DataClass>;

export type DataClassName = keyof typeof dataClasses;

export const dataClassNames = Object.keys(dataClasses) as DataClassName[]; // keys of the table above

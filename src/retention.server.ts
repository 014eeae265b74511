/**
 * Carries the table of retention out, over all stores: the one place that deletes by time. It reaches
 * the private side only to erase it.
 */
import { daysKept, type RetentionChoices, type RetentionClass } from '#lib/access/retention.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { deleteAuditMonth, listAuditMonthsBefore } from '#lib/audit/sweep.server.ts';
import { countLinksOverBy, deleteLinksOverBy } from '#lib/authoring/draft-links.server.ts';
import { deleteDrafts, listDiscardedBefore } from '#lib/authoring/drafts.server.ts';
import { eraseAuthor } from '#lib/authoring/own-authorship.server.ts';
import {
	countEntriesOverBy,
	deleteEntriesOverBy,
	deletePeople,
	listPeopleLeftBy,
	listRetentionChoices,
	markErased
} from '#lib/identity/sweep.server.ts';
import { deleteReminders, listRemindersBefore } from '#lib/notifications/sweep.server.ts';
import {
	deleteAgreements,
	deleteHouseSessions,
	listAgreementsEndedBefore,
	listHouseSessionsBefore,
	voidAttendance
} from '#lib/plenary/sweep.server.ts';
import { scopeOfScenario } from '#lib/practice/attempts.server.ts';
import {
	countPrivateBefore,
	deletePrivateBefore,
	erasePrivate
} from '#lib/practice/erase.server.ts';
import { scopeOfModule } from '#lib/practice/progress.server.ts';
import { listOwnScopes } from '#lib/practice/own.server.ts';
import { scopeOfRefreshers } from '#lib/practice/refreshers.server.ts';
import type { Library } from '#lib/scenario/library.server.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { addDays, dayOf } from '#lib/time.ts';
import {
	deleteAbsences,
	deleteImports,
	listAbsencesEndedBefore,
	listImportsBefore
} from '#lib/workplaces/sweep.server.ts';

/** How many rows of each class are due for deletion, or were deleted. */
export type Due = Partial<Record<RetentionClass, number>>;

const milliseconds = 24 * 60 * 60 * 1000;
/** SQLite takes so many values in one statement; a night has time for several. */
const portion = 500;

/** Erases the private side of one person: when they ask for it, or some time after they have left. */
export async function eraseOwn(app: App, person: string): Promise<void> {
	await erasePrivate(app.learning, person, listScopes(app.library));
}

/** Everything a person's private rows can be scoped to. */
function listScopes(library: Library): string[] {
	const { courses, modules, scenarios } = listOwnScopes(library);
	return [
		...courses.map(scopeOfRefreshers),
		...modules.map(scopeOfModule),
		...scenarios.map(scopeOfScenario)
	];
}

/** What would be deleted tonight, by class; nothing is. */
export function previewRetention(app: App): Promise<Due> {
	return new Sweep(app, false).run();
}

/** Deletes what has been kept for as long as the table says, and tells how much of each class. */
export function carryOutRetention(app: App): Promise<Due> {
	return new Sweep(app, true).run();
}

/** One walk over all classes, which deletes only where it is meant. */
class Sweep {
	readonly #app: App;
	readonly #isMeant: boolean;
	readonly #today: string;
	readonly #due: Due = {};

	constructor(app: App, isMeant: boolean) {
		this.#app = app;
		this.#isMeant = isMeant;
		this.#today = dayOf(app.now());
	}

	async run(): Promise<Due> {
		await this.#sweepPrivate();
		await this.#sweepAudit();
		const until = this.#momentBefore(daysKept('entries'));
		this.#add('entries', await countEntriesOverBy(this.#app.db.read, until));
		if (this.#isMeant) await this.#app.db.write((tx) => voidAttendance(tx, this.#today));
		this.#add('entries', await countLinksOverBy(this.#app.db.read, until));
		if (this.#isMeant)
			await this.#app.db.write(async (tx) => {
				await deleteEntriesOverBy(tx, until);
				await deleteLinksOverBy(tx, until);
			});
		for (const { organisation, choices } of await listRetentionChoices(this.#app.db.read)) {
			await this.#eraseLeft(organisation, choices);
			await this.#sweepOrganisation(organisation, choices);
		}
		return this.#due;
	}

	async #sweepPrivate(): Promise<void> {
		const { learning } = this.#app;
		for (const name of ['attempts', 'reflections'] as const) {
			const month = this.#monthBefore(name);
			this.#add(name, await countPrivateBefore(learning.private.read, name, month));
			if (this.#isMeant) await deletePrivateBefore(learning, name, month);
		}
	}

	async #sweepAudit(): Promise<void> {
		const { db } = this.#app;
		for (const month of await listAuditMonthsBefore(db.read, this.#monthBefore('audit'))) {
			this.#add('audit', 1);
			if (this.#isMeant) await db.write((tx) => deleteAuditMonth(tx, month, this.#today));
		}
	}

	async #eraseLeft(organisation: string, choices: RetentionChoices): Promise<void> {
		const { db } = this.#app;
		const day = addDays(this.#today, -daysKept('privateAfterLeaving', choices));
		const left = await listPeopleLeftBy(db.read, organisation, day, false);
		this.#add('privateAfterLeaving', left.length);
		for (const person of this.#isMeant ? left : []) {
			await eraseOwn(this.#app, person);
			await db.write(async (tx) => {
				await eraseAuthor(tx, person);
				await markErased(tx, person, this.#today);
				await writeAudit(tx, this.#app.now(), {
					event: 'person.erased',
					actor: null,
					organisation,
					subject: person
				});
			});
		}
	}

	async #sweepOrganisation(organisation: string, choices: RetentionChoices): Promise<void> {
		const { read } = this.#app.db;
		const dayBefore = (name: RetentionClass) => addDays(this.#today, -daysKept(name, choices));
		const gone = await listPeopleLeftBy(read, organisation, dayBefore('completions'), true);
		await this.#delete('completions', gone, deletePeople);
		const back = await listAbsencesEndedBefore(read, organisation, dayBefore('absences'));
		await this.#delete('absences', back, deleteAbsences);
		const until = this.#momentBefore(daysKept('imports', choices));
		await this.#delete(
			'imports',
			await listImportsBefore(read, organisation, until),
			deleteImports
		);
		const said = this.#momentBefore(daysKept('reminders', choices));
		const old = await listRemindersBefore(read, organisation, said);
		await this.#delete('reminders', old, deleteReminders);
		const held = await listHouseSessionsBefore(read, organisation, dayBefore('houseSessions'));
		await this.#delete('houseSessions', held, deleteHouseSessions);
		const ended = await listAgreementsEndedBefore(read, organisation, dayBefore('agreements'));
		await this.#delete('agreements', ended, deleteAgreements);
		const away = this.#momentBefore(daysKept('discardedDrafts', choices));
		const discarded = await listDiscardedBefore(read, organisation, away);
		await this.#delete('discardedDrafts', discarded, deleteDrafts);
	}

	async #delete(
		name: RetentionClass,
		ids: readonly string[],
		remove: (tx: Writer, ids: readonly string[]) => Promise<void>
	): Promise<void> {
		this.#add(name, ids.length);
		for (let at = 0; this.#isMeant && at < ids.length; at += portion)
			await this.#app.db.write((tx) => remove(tx, ids.slice(at, at + portion)));
	}

	#add(name: RetentionClass, count: number): void {
		this.#due[name] = (this.#due[name] ?? 0) + count;
	}

	#monthBefore(name: RetentionClass): string {
		return addDays(this.#today, -daysKept(name)).slice(0, 7);
	}

	#momentBefore(days: number): Date {
		return new Date(this.#app.now().getTime() - days * milliseconds);
	}
}

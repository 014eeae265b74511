import type { RequestEvent } from '@sveltejs/kit';
import { daysKept } from '#lib/access/retention.ts';
import { organisers } from '#lib/completion/credit.ts';
import { listCredits } from '#lib/completion/credits.server.ts';
import { waiverReasons } from '#lib/completion/waiver.ts';
import { listWaivers } from '#lib/completion/waivers.server.ts';
import { addDays, dayOf, writeDay } from '#lib/time.ts';
import { findRetentionChoices } from '#lib/identity/sweep.server.ts';
import { listChoices } from '#lib/workplaces/list-tree.server.ts';
import { readRecord } from '#lib/workplaces/record.server.ts';
import { mayMakeWayIn } from '#lib/workplaces/ways-in.server.ts';
import { signedIn } from '../../respond.ts';
import { isDeed } from '../words.ts';
import { organiserName, reasonName } from './excusing-words.ts';

/**
 * A person's record as a page shows it to who administers or leads them.
 *
 * @throws {DomainError} `forbidden` to who may look at nobody's, `not-found` for a person out of reach.
 */
export async function describePerson(event: RequestEvent, person: string) {
	const actor = signedIn(event);
	const { app, locale } = event.locals;
	const { searchParams } = event.url;
	const { absences, closedOn, erasedOn, ...record } = await readRecord(app, actor, person);
	const write = (day: string) => writeDay(day, locale);
	const today = dayOf(app.now());
	const { courses } = app.library.catalogue;
	// What is not taught any more keeps the name it is stored under.
	const titleOf = (course: string) => app.library.catalogue.course(course)?.title[locale] ?? course;
	const waivers = await listWaivers(app.db.read, person, today);
	const credits = await listCredits(app.db.read, person);
	const done = searchParams.get('done');
	const kept = await findRetentionChoices(app.db.read, actor.organisation);
	const days = daysKept('privateAfterLeaving', kept);
	return {
		...record,
		closedOn: closedOn && write(closedOn),
		/** When what is private goes, or went; null for who works here. */
		erasure: closedOn && {
			isDone: erasedOn !== null,
			day: write(erasedOn ?? addDays(closedOn, days))
		},
		/** So many days after their last what is private goes. */
		erasedAfter: days,
		absences: absences.map(({ id, fromDay, untilDay }) => ({
			id,
			from: write(fromDay),
			until: untilDay && write(untilDay)
		})),
		waivers: waivers.map(({ id, course, reason, fromDay, untilDay }) => ({
			id,
			course: titleOf(course),
			reason: reasonName(reason),
			from: write(fromDay),
			until: untilDay && write(untilDay)
		})),
		credits: credits.map(({ id, course, organiser, day }) => ({
			id,
			course: titleOf(course),
			organiser: organiserName(organiser),
			day: write(day)
		})),
		/** What there is to choose from. */
		excusing: {
			courses: courses.map(({ slug, title }) => ({ value: slug, name: title[locale] })),
			reasons: waiverReasons.map((value) => ({ value, name: reasonName(value) })),
			organisers: organisers.map((value) => ({ value, name: organiserName(value) }))
		},
		canLetIn: await mayMakeWayIn(app.db.read, actor, person),
		canMail: record.email !== null && app.mailer.kind !== 'none',
		hasMail: app.mailer.kind !== 'none',
		isSelf: actor.person === person,
		today,
		places: closedOn === null ? [] : await listChoices(app, actor, 'people.add'),
		isLeaving: searchParams.get('view') === 'leave',
		done: isDeed(done) ? done : null
	};
}

export type PersonView = Awaited<ReturnType<typeof describePerson>>;

import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '#lib/errors.ts';
import type { Locale } from '#lib/content/localised.ts';
import { addDays, addMonths, dayOf, isDay, writeDay } from '#lib/time.ts';
import { findFeedDay, makeFeed, stopFeed } from '#lib/workplaces/calendar-feeds.server.ts';
import {
	addEntry,
	changeEntry,
	layYear,
	markDone,
	readCalendar,
	removeEntry,
	restoreEntry,
	type Changed
} from '#lib/workplaces/plan-calendar.server.ts';
import { entryKinds, rhythms } from '#lib/workplaces/plan-entry.ts';
import { can } from '#lib/access/rights.ts';
import { findPlace } from '#lib/workplaces/tree.server.ts';
import { id, line, requireForm } from '../../../admin/forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import { describePlans } from '../../plans.ts';
import { describeEntry, describeMonths } from './describe.ts';
import type { Typed } from './options.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { workplace } = event.params;
		const calendar = await readCalendar(app, actor, workplace);
		const today = dayOf(app.now());
		const feedDay = await findFeedDay(app.db.read, actor.person, workplace);
		const place = await findPlace(app.db.read, workplace);
		const tomorrow = addDays(today, 1);
		return {
			workplace: calendar.workplace,
			mayWrite: calendar.mayWrite,
			/** Key staff have the plan, and no overview of who has learnt what. */
			hasOverview: place !== null && can(actor, 'team.read', place),
			owners: calendar.owners,
			hasSupervision: calendar.hasSupervision,
			months: describeMonths(calendar.entries, today, locale),
			removed: calendar.removed.map((entry) => describeEntry(entry, today, locale)),
			plans: await describePlans(app, actor, workplace, locale),
			feedOn: feedDay && writeDay(feedDay, locale),
			/** What a new form begins with; its id makes sending it twice the same as once. */
			fresh: { day: tomorrow, until: addMonths(tomorrow, 12) },
			today: writeDay(today, locale)
		};
	});

const dayText = v.pipe(v.string(), v.maxLength(10));
const revision = v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number));
const owner = v.union([
	v.pipe(
		v.literal(''),
		v.transform(() => null)
	),
	id
]);
const scope = v.optional(v.picklist(['one', 'following']), 'one');

const newEntry = v.strictObject({
	id,
	kind: v.picklist(entryKinds),
	title: line,
	owner,
	onDay: dayText,
	every: v.pipe(
		v.picklist(['', ...rhythms.map(String)]),
		v.transform((text) => rhythms.find((days) => String(days) === text) ?? null)
	),
	until: dayText
});
const change = v.strictObject({ entry: id, revision, title: line, owner, onDay: dayText, scope });
const which = v.strictObject({ entry: id });
const removal = v.strictObject({ entry: id, revision, scope });
const nothing = v.strictObject({});

/** Does something to the calendar and shows it again, or says why it stands as it was. */
async function acting<Schema extends v.GenericSchema<unknown, object>>(
	event: RequestEvent,
	schema: Schema,
	work: (output: v.InferOutput<Schema>) => Promise<Changed>
) {
	signedIn(event);
	return answer(async () => {
		const output = await requireForm(event.request, schema);
		const typed = output as Typed; // what every schema here has of it

		let changed: Changed;
		try {
			changed = await work(output);
		} catch (thrown) {
			if (!(thrown instanceof DomainError) || thrown.code !== 'conflict') throw thrown;
			const said = thrown.message === 'plan-full' ? ('full' as const) : ('laid' as const);
			return fail(409, { said });
		}
		if (changed.kind === 'fault') return fail(422, { fault: changed.fault, typed });
		if (changed.kind === 'kept') {
			const anchor = typed.entry ? `#e-${typed.entry}` : '';
			redirect(303, `/team/${event.params.workplace}/plan${anchor}`);
		}
		const { app, locale } = event.locals;
		const { stands } = changed;
		return fail(409, {
			overtaken: {
				stands: stands && describeEntry(stands, dayOf(app.now()), locale),
				title: typed.title ?? '',
				day: sayDay(typed.onDay ?? '', locale)
			}
		});
	});
}

/** A day in words; what is none, as it was typed. */
function sayDay(text: string, locale: Locale): string {
	return isDay(text) ? writeDay(text, locale) : text.trim();
}

export const actions = {
	add: (event) =>
		acting(event, newEntry, (entry) =>
			addEntry(event.locals.app, signedIn(event), event.params.workplace, entry)
		),
	change: (event) =>
		acting(event, change, ({ scope: wished, ...entry }) =>
			changeEntry(event.locals.app, signedIn(event), event.params.workplace, {
				...entry,
				isFollowing: wished === 'following'
			})
		),
	done: (event) =>
		acting(event, which, ({ entry }) =>
			markDone(event.locals.app, signedIn(event), event.params.workplace, { entry, isDone: true })
		),
	undone: (event) =>
		acting(event, which, ({ entry }) =>
			markDone(event.locals.app, signedIn(event), event.params.workplace, { entry, isDone: false })
		),
	remove: (event) =>
		acting(event, removal, ({ entry, revision: shown, scope: wished }) =>
			removeEntry(event.locals.app, signedIn(event), event.params.workplace, {
				entry,
				revision: shown,
				isFollowing: wished === 'following'
			})
		),
	restore: (event) =>
		acting(event, which, ({ entry }) =>
			restoreEntry(event.locals.app, signedIn(event), event.params.workplace, entry)
		),
	/** Lays a whole year from a day on. */
	year: (event) =>
		acting(event, v.strictObject({ onDay: dayText }), ({ onDay }) =>
			layYear(event.locals.app, signedIn(event), event.params.workplace, onDay)
		),
	/** Makes an address for a calendar program, told this once. */
	makeFeed: (event) =>
		answer(async () => {
			const actor = signedIn(event);
			await requireForm(event.request, nothing);
			event.setHeaders({ 'cache-control': 'no-store' });
			return { feed: await makeFeed(event.locals.app, actor, event.params.workplace) };
		}),
	stopFeed: (event) =>
		answer(async () => {
			const actor = signedIn(event);
			await requireForm(event.request, nothing);
			await stopFeed(event.locals.app, actor, event.params.workplace);
			redirect(303, `/team/${event.params.workplace}/plan#feed`);
		})
} satisfies Actions;

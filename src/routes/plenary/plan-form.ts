import * as v from 'valibot';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { readCompany } from '#lib/plenary/company.server.ts';
import { findRecipe, lengthOf, writeRunSheet } from '#lib/plenary/recipes.ts';
import { sessionKinds, type SessionDraft, type SessionKind } from '#lib/plenary/session-plan.ts';
import { listSessions, type SessionView } from '#lib/plenary/sessions.server.ts';
import { momentOf, timeOf } from '#lib/plenary/when.ts';
import { addDays, dayOf, writeDay } from '#lib/time.ts';
import { readForm } from '../forms.ts';

/** What stands in the form of a plan. */
export interface PlanValues {
	title: string;
	day: string;
	time: string;
	minutes: string;
	place: string;
	locale: 'da' | 'en';
	scenario: string;
	follows: string;
	coFacilitator: string;
	observers: string[];
	others: string[];
	modules: string[];
	points: { minutes: string; heading: string; words: string }[];
}

const short = v.pipe(v.string(), v.maxLength(500));
const many = (most: number, longest = 500) =>
	v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(longest))), v.maxLength(most)), []);

const fields = {
	title: short,
	day: short,
	time: short,
	minutes: short,
	place: short,
	locale: v.picklist(['da', 'en']),
	scenario: short,
	follows: short,
	coFacilitator: short,
	observers: many(10),
	others: many(300),
	modules: many(300),
	pointMinutes: many(60),
	pointHeading: many(60),
	pointWords: many(60, 5000)
};

export const changedPlan = v.strictObject(fields);
export const newPlan = v.strictObject({
	...fields,
	id: v.pipe(v.string(), v.uuid()),
	kind: v.picklist(sessionKinds),
	workplace: v.pipe(v.string(), v.uuid())
});

/**
 * Reads the form of a plan.
 *
 * @throws {DomainError} `invalid` for what our own pages never send.
 */
export async function readPlanForm<Schema extends typeof newPlan | typeof changedPlan>(
	request: Request,
	schema: Schema
): Promise<v.InferOutput<Schema>> {
	const { success, output } = await readForm(request, schema);
	if (!success) throw new DomainError('invalid', 'form');
	return output;
}

/** What was written, to be shown again where it cannot stand. */
export function keepValues(
	form: v.InferOutput<typeof changedPlan> | v.InferOutput<typeof newPlan>
): PlanValues {
	return {
		title: form.title,
		day: form.day,
		time: form.time,
		minutes: form.minutes,
		place: form.place,
		locale: form.locale,
		scenario: form.scenario,
		follows: form.follows,
		coFacilitator: form.coFacilitator,
		observers: form.observers.filter((person) => person !== ''),
		others: form.others,
		modules: form.modules,
		points: form.pointHeading
			.map((heading, index) => ({
				minutes: form.pointMinutes[index] ?? '',
				heading,
				words: form.pointWords[index] ?? ''
			}))
			.filter(({ heading, words }) => heading.trim() !== '' || words.trim() !== '')
	};
}

const readNumber = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : NaN);

/** The plan that a form means. */
export function toDraft(
	values: PlanValues,
	{ kind, workplace }: { kind: SessionKind; workplace: string }
): SessionDraft {
	const { coFacilitator, observers } = values;
	return {
		kind,
		workplace,
		title: values.title,
		others: values.others,
		scenario: values.scenario || null,
		modules: values.modules,
		runSheet: values.points.map(({ minutes, heading, words }) => ({
			minutes: readNumber(minutes),
			heading,
			words
		})),
		startsAt: momentOf(values.day, values.time),
		minutes: readNumber(values.minutes),
		place: values.place,
		locale: values.locale,
		follows: values.follows || null,
		helpers: [
			...(coFacilitator ? [{ person: coFacilitator, role: 'co-facilitator' as const }] : []),
			...[...new Set(observers)]
				.filter((person) => person !== coFacilitator)
				.map((person) => ({ person, role: 'observer' as const }))
		]
	};
}

/** What a new plan begins with: the recipe, in a fortnight. */
export function beginValues(kind: SessionKind, locale: 'da' | 'en', today: string): PlanValues {
	const recipe = findRecipe(kind);
	return {
		title: recipe.title[locale],
		day: addDays(today, 14),
		time: '13:00',
		minutes: String(lengthOf(recipe)),
		place: '',
		locale,
		scenario: '',
		follows: '',
		coFacilitator: '',
		observers: [],
		others: [],
		modules: [],
		points: writeRunSheet(recipe, locale).map((point) => ({
			...point,
			minutes: String(point.minutes)
		}))
	};
}

/** A plan as it stands. */
export function valuesOf({ session, others, helpers }: SessionView): PlanValues {
	return {
		title: session.title,
		day: dayOf(session.startsAt),
		time: timeOf(session.startsAt),
		minutes: String(session.minutes),
		place: session.place,
		locale: session.locale,
		scenario: session.scenario ?? '',
		follows: session.follows ?? '',
		coFacilitator: helpers.find(({ role }) => role === 'co-facilitator')?.id ?? '',
		observers: helpers.filter(({ role }) => role === 'observer').map(({ id }) => id),
		others: others.map(({ id }) => id),
		modules: [...session.modules],
		points: session.runSheet.map((point) => ({ ...point, minutes: String(point.minutes) }))
	};
}

/** Everything that the form offers to choose from. */
export async function readOffer(
	app: App,
	actor: Actor,
	workplace: string,
	locale: 'da' | 'en'
): Promise<PlanOffer> {
	const { house, people, others } = await readCompany(app, actor, workplace);
	const held = (await listSessions(app, actor)).filter(
		(session) => session.state === 'ended' && session.workplace === workplace
	);
	return {
		house,
		people,
		others,
		scenarios: app.library.scenarios.map(({ slug, scenario }) => ({
			slug,
			title: scenario.title[locale],
			note: scenario.contentNote[locale]
		})),
		courses: app.library.catalogue.courses.map((course) => ({
			slug: course.slug,
			title: course.title[locale],
			modules: [...course.modules, ...(course.refresher ? [course.refresher] : [])].map(
				({ slug, title }) => ({ ref: `${course.slug}/${slug}`, title: title[locale] })
			)
		})),
		earlier: held
			.toReversed()
			.slice(0, 20)
			.map(({ id, title, heldOn }) => ({
				id,
				title,
				day: heldOn ? writeDay(heldOn, locale) : ''
			}))
	};
}

export interface PlanOffer {
	house: { id: string; name: string };
	people: readonly { id: string; name: string }[];
	others: readonly { id: string; name: string }[];
	scenarios: readonly { slug: string; title: string; note: string }[];
	courses: readonly {
		slug: string;
		title: string;
		modules: readonly { ref: string; title: string }[];
	}[];
	earlier: readonly { id: string; title: string; day: string }[];
}

import { and, asc, count, countDistinct, eq, exists, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise, canAnywhere, placesWhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { findKnownPlace, findTop } from '#lib/workplaces/places.server.ts';
import { grants, memberships, workplaceReach, workplaces } from '#lib/workplaces/tables.server.ts';
import { findPlace } from '#lib/workplaces/tree.server.ts';
import { judgeTerms, recommendRules, type RuleDraft, type RuleFault } from './rule.ts';
import { settleForPage } from './stale.server.ts';
import { readTerms, writeTerms } from './terms.server.ts';
import { assignmentRules, headcounts } from './tables.server.ts';

/** A rule that holds, as a page shows it. */
export interface RuleLine extends RuleDraft {
	id: string;
	place: string;
	/** How many people it reaches today. */
	reached: number;
}

/**
 * Makes a rule, and ends the one it stands in for, in one transaction: what that one has asked of people
 * stays as it was frozen. `id` is made by who asks, so that asking twice makes it once.
 *
 * @throws {DomainError} `forbidden` to who may make none, `not-found` for a workplace or a rule out of
 * reach, `invalid` for a course that is not taught.
 */
export async function makeRule(
	app: App,
	actor: Actor,
	draft: RuleDraft & { id: string },
	replaces: string | null = null
): Promise<{ fault: RuleFault | null }> {
	const place = await findPlace(app.db.read, draft.workplace);
	authorise(actor, 'rules.manage', place);
	if (replaces) await authoriseRule(app.db.read, actor, replaces);
	const course = app.library.catalogue.course(draft.course);
	if (!course) throw new DomainError('invalid', 'course');
	const fault = judgeTerms(draft.terms, course);
	if (fault) return { fault };
	return app.db.write(async (tx) => {
		const same = await findSame(tx, actor.organisation, draft);
		if (same?.id === draft.id) return { fault: null };
		if (same && same.id !== replaces) return { fault: 'rule-there' as const };
		const [there] = await tx
			.select({ id: assignmentRules.id })
			.from(assignmentRules)
			.where(eq(assignmentRules.id, draft.id));
		if (there) return { fault: null };
		if (replaces) await endWithin(tx, app, actor, replaces);
		await insertRule(tx, app, actor, draft);
		return { fault: null };
	});
}

/**
 * Makes every rule that the courses recommend, or those of one course, for a workplace and all below it;
 * where the same is asked already, it is left as it is.
 *
 * @throws {DomainError} `forbidden` to who may make none, `not-found` for a workplace out of reach.
 */
export async function makeRecommended(
	app: App,
	actor: Actor,
	workplace: string,
	course: string | null
): Promise<void> {
	authorise(actor, 'rules.manage', await findPlace(app.db.read, workplace));
	await app.db.write(async (tx) => {
		for (const draft of recommendRules(app.library.catalogue.courses, workplace)) {
			if (course !== null && draft.course !== course) continue;
			if (await findSame(tx, actor.organisation, draft)) continue;
			await insertRule(tx, app, actor, { ...draft, id: newId() });
		}
	});
}

/**
 * Ends a rule from today: what it has asked of people is asked no more, unless another rule asks too.
 * Ending what has ended is success.
 *
 * @throws {DomainError} `forbidden` to who may end none, `not-found` for a rule out of reach.
 */
export async function endRule(app: App, actor: Actor, rule: string): Promise<void> {
	await authoriseRule(app.db.read, actor, rule);
	await app.db.write((tx) => endWithin(tx, app, actor, rule));
}

/**
 * The rules that hold at the workplaces where the actor may make them, in the order of the courses.
 *
 * @throws {DomainError} `forbidden` to who may make none.
 */
export async function listRules(app: App, actor: Actor): Promise<RuleLine[]> {
	if (!canAnywhere(actor, 'rules.manage')) throw new DomainError('forbidden', 'rules.manage');
	await settleForPage(app);
	const { read } = app.db;
	const held = [...placesWhere(actor, 'rules.manage')];
	const within = read
		.select({ below: workplaceReach.below })
		.from(workplaceReach)
		.where(
			and(eq(workplaceReach.below, assignmentRules.workplace), inArray(workplaceReach.above, held))
		);
	const rows = await selectRules(read).where(
		and(
			eq(assignmentRules.organisation, actor.organisation),
			isNull(assignmentRules.endedOn),
			exists(within)
		)
	);
	return describeRules(app, rows);
}

/**
 * The rules that reach people of a workplace: made there, above it or below it; for who reads its team.
 *
 * @throws {DomainError} `forbidden` to who leads nothing, `not-found` for a workplace out of reach.
 */
export async function listRulesAt(app: App, actor: Actor, workplace: string): Promise<RuleLine[]> {
	const place = await findPlace(app.db.read, workplace);
	authorise(actor, 'team.read', place);
	const { read } = app.db;
	const below = await read
		.select({ below: workplaceReach.below })
		.from(workplaceReach)
		.where(eq(workplaceReach.above, workplace));
	const near = new Set([...(place?.reachedFrom ?? []), ...below.map((one) => one.below)]);
	const rows = await selectRules(read).where(
		and(eq(assignmentRules.organisation, actor.organisation), isNull(assignmentRules.endedOn))
	);
	return describeRules(
		app,
		rows.filter((row) => near.has(row.workplace))
	);
}

/**
 * The recommended rules that nobody has made yet, for the highest workplace at which the actor may make
 * them.
 */
export async function listRecommended(app: App, actor: Actor): Promise<RuleLine[]> {
	const { read } = app.db;
	const held = placesWhere(actor, 'rules.manage');
	const top = await findTop(read, actor.organisation);
	const workplace = top && held.includes(top.id) ? top.id : held[0];
	const found = workplace ? await findPlace(read, workplace) : null;
	if (!workplace || !found) return [];
	const lines: RuleLine[] = [];
	for (const draft of recommendRules(app.library.catalogue.courses, workplace)) {
		if (await isAskedAnywhere(read, actor.organisation, draft)) continue;
		const reached = await countReached(read, draft);
		lines.push({
			...draft,
			id: `${draft.course} ${draft.role}`,
			place: found.workplace.name,
			reached
		});
	}
	return lines;
}

/**
 * What a rule would say and reach, before it is made.
 *
 * @throws {DomainError} as {@link makeRule}.
 */
export async function previewRule(
	app: App,
	actor: Actor,
	draft: RuleDraft
): Promise<{ fault: RuleFault } | { place: string; reached: number }> {
	const found = await findPlace(app.db.read, draft.workplace);
	authorise(actor, 'rules.manage', found);
	const course = app.library.catalogue.course(draft.course);
	if (!course || !found) throw new DomainError('invalid', 'course');
	const fault = judgeTerms(draft.terms, course);
	if (fault) return { fault };
	await settleForPage(app);
	return { place: found.workplace.name, reached: await countReached(app.db.read, draft) };
}

/**
 * How many people a rule for a role at a workplace and below it reaches: everybody who works there, as
 * kept; of another role, everybody who holds it there and works somewhere.
 */
export async function countReached(
	read: Reader,
	{ role, workplace }: Pick<RuleDraft, 'role' | 'workplace'>
): Promise<number> {
	if (role === 'staff') {
		const [row] = await read
			.select({ people: headcounts.people })
			.from(headcounts)
			.where(and(eq(headcounts.workplace, workplace), eq(headcounts.role, 'staff')));
		return row?.people ?? 0;
	}
	const works = read
		.select({ one: memberships.person })
		.from(memberships)
		.where(eq(memberships.person, grants.person));
	const [row] = await read
		.select({ people: countDistinct(grants.person) })
		.from(grants)
		.innerJoin(workplaceReach, eq(workplaceReach.below, grants.workplace))
		.innerJoin(people, eq(people.id, grants.person))
		.where(
			and(
				eq(workplaceReach.above, workplace),
				eq(grants.role, role),
				isNull(people.closedOn),
				exists(works)
			)
		);
	return row?.people ?? 0;
}

/** Whether any rule holds in an organisation. */
export async function hasRules(read: Reader, organisation: string): Promise<boolean> {
	const [row] = await read
		.select({ rules: count() })
		.from(assignmentRules)
		.where(and(eq(assignmentRules.organisation, organisation), isNull(assignmentRules.endedOn)));
	return (row?.rules ?? 0) > 0;
}

/** Writes a rule, for whoever has been let pass. */
export async function writeRule(
	tx: Writer,
	rule: RuleDraft & { id: string; organisation: string; madeOn: string; madeBy: string | null }
): Promise<void> {
	const { terms, ...row } = rule;
	await tx.insert(assignmentRules).values({ ...row, ...writeTerms(terms) });
}

async function insertRule(tx: Writer, app: App, actor: Actor, draft: RuleDraft & { id: string }) {
	const { organisation, person: madeBy } = actor;
	await writeRule(tx, { ...draft, organisation, madeBy, madeOn: dayOf(app.now()) });
	const { role, course, workplace } = draft;
	const { dueDays } = draft.terms;
	const detail = { rule: draft.id, for: role, course, dueDays };
	await writeAudit(tx, app.now(), { event: 'rule.made', actor, workplace, detail });
}

async function endWithin(tx: Writer, app: App, actor: Actor, rule: string): Promise<void> {
	const [ended] = await tx
		.update(assignmentRules)
		.set({ endedOn: dayOf(app.now()) })
		.where(and(eq(assignmentRules.id, rule), isNull(assignmentRules.endedOn)))
		.returning({ workplace: assignmentRules.workplace, course: assignmentRules.course });
	if (!ended) return;
	const { workplace, course } = ended;
	const detail = { rule, course };
	await writeAudit(tx, app.now(), { event: 'rule.ended', actor, workplace, detail });
}

/** @throws {DomainError} `forbidden` to who may make none, `not-found` for a rule out of reach. */
async function authoriseRule(read: Reader, actor: Actor, rule: string): Promise<void> {
	const [found] = await read
		.select({ workplace: assignmentRules.workplace })
		.from(assignmentRules)
		.where(eq(assignmentRules.id, rule));
	authorise(actor, 'rules.manage', found ? await findKnownPlace(read, found.workplace) : null);
}

/** The rule that holds for the same role, workplace and course. */
async function findSame(
	read: Reader,
	organisation: string,
	{ role, workplace, course }: RuleDraft
): Promise<{ id: string } | undefined> {
	const [same] = await read
		.select({ id: assignmentRules.id })
		.from(assignmentRules)
		.where(
			and(
				eq(assignmentRules.organisation, organisation),
				eq(assignmentRules.role, role),
				eq(assignmentRules.workplace, workplace),
				eq(assignmentRules.course, course),
				isNull(assignmentRules.endedOn)
			)
		);
	return same;
}

/** Whether a rule of the organisation asks the role for the course, wherever. */
async function isAskedAnywhere(
	read: Reader,
	organisation: string,
	{ role, course }: RuleDraft
): Promise<boolean> {
	const [row] = await read
		.select({ rules: count() })
		.from(assignmentRules)
		.where(
			and(
				eq(assignmentRules.organisation, organisation),
				eq(assignmentRules.role, role),
				eq(assignmentRules.course, course),
				isNull(assignmentRules.endedOn)
			)
		);
	return (row?.rules ?? 0) > 0;
}

const selectRules = (read: Reader) =>
	read
		.select({ rule: assignmentRules, place: workplaces.name, workplace: assignmentRules.workplace })
		.from(assignmentRules)
		.innerJoin(workplaces, eq(workplaces.id, assignmentRules.workplace))
		.orderBy(asc(assignmentRules.madeOn), asc(assignmentRules.id))
		.$dynamic();

async function describeRules(
	{ db, library }: App,
	rows: Awaited<ReturnType<typeof selectRules>>
): Promise<RuleLine[]> {
	const order = library.catalogue.courses.map(({ slug }) => slug);
	const lines: RuleLine[] = [];
	for (const { rule, place } of rows) {
		const draft = {
			role: rule.role as RuleLine['role'], // only ever written by `writeRule`
			workplace: rule.workplace,
			course: rule.course,
			terms: readTerms(rule)
		};
		lines.push({ ...draft, id: rule.id, place, reached: await countReached(db.read, draft) });
	}
	return lines.toSorted((a, b) => order.indexOf(a.course) - order.indexOf(b.course));
}

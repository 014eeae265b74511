import type { Assignment, Completion } from '#lib/completion/assigning.ts';
import { findRenewal, type By } from '#lib/completion/renewal.ts';
import type { Days } from '#lib/completion/standing.ts';
import type { Catalogue } from '#lib/content/catalogue.ts';
import type { Course } from '#lib/content/course.ts';
import { addDays } from '#lib/time.ts';
import { timedId, type Chance } from './chance.ts';
import type { Post } from './posts.ts';
import type { RuleMade } from './rules.ts';

type Source = 'learned' | 'attended' | 'credited';

/** What has happened to one person. */
export interface History {
	absences: Days[];
	waivers: (Days & { course: string; reason: string; madeOn: string })[];
	assignments: Assignment[];
	modules: { course: string; module: string; cycle: number; day: string; source: Source }[];
	completions: (Completion & { course: string; source: Source })[];
}

const reasons = ['external-consultant', 'short-stay', 'trained-elsewhere'] as const;

/** Two years of a person's working life, as far as the platform has seen it. */
export function liveThrough(
	chance: Chance,
	catalogue: Catalogue,
	post: Post,
	rules: readonly RuleMade[],
	today: string
): History {
	const history: History = {
		absences: [],
		waivers: [],
		assignments: [],
		modules: [],
		completions: []
	};
	beAway(chance, post, today, history);
	const life = { chance, catalogue, post, history, endsOn: post.leftOn ?? today };
	const asked = new Map<string, RuleMade>();
	// Of several rules for a course the one that was there first is the one that was frozen.
	for (const rule of rules.toSorted((a, b) => (a.madeOn < b.madeOn ? -1 : 1)))
		if (!asked.has(rule.course)) asked.set(rule.course, rule);
	for (const rule of asked.values()) takeCourse(life, rule);
	if (!asked.has('practice') && chance.percent(4)) choosePractice(life);
	return history;
}

interface Life {
	chance: Chance;
	catalogue: Catalogue;
	post: Post;
	history: History;
	/** The last day of it: today, or the day on which they left. */
	endsOn: string;
}

const later = (a: string, b: string) => (a > b ? a : b);

function beAway(chance: Chance, { leftOn, hiredOn }: Post, today: string, history: History): void {
	if (leftOn !== null) return;
	const add = (from: string, until: string | null) =>
		history.absences.push({ from: later(from, hiredOn), until });
	if (chance.percent(12)) {
		const until = addDays(today, -chance.between(20, 300));
		if (until > hiredOn) add(addDays(until, -chance.between(14, 120)), until);
	}
	if (chance.percent(4))
		add(
			addDays(today, -chance.between(0, 15)),
			chance.percent(30) ? null : addDays(today, chance.between(3, 260))
		);
}

/** Cycle after cycle, until they are late with one or the time is over. */
function takeCourse(life: Life, rule: RuleMade): void {
	const { chance, catalogue, post, history, endsOn } = life;
	const course = catalogue.course(rule.course);
	if (!course) return;
	let asked = { cycle: 1, by: 'course' as By, assignedOn: later(post.hiredOn, rule.madeOn) };
	let dueOn = addDays(asked.assignedOn, rule.terms.dueDays);
	const isWaived = rule.course === 'basic' && chance.percent(1.5);
	if (isWaived) {
		const from = asked.assignedOn;
		const until = chance.percent(50) ? null : addDays(from, chance.between(60, 400));
		const reason = chance.pick(reasons);
		history.waivers.push({ course: rule.course, reason, from, until, madeOn: from });
	}
	while (asked.assignedOn <= endsOn) {
		const doneOn = isWaived ? null : doIt(life, course, asked, rule.terms.dueDays);
		const isEnded = doneOn === null && post.leftOn !== null;
		history.assignments.push({
			...asked,
			id: timedId(chance, Date.parse(asked.assignedOn)),
			course: rule.course,
			rule: rule.id,
			origin: 'rule',
			dueOn,
			terms: rule.terms,
			endedOn: isEnded ? post.leftOn : null
		});
		const span = doneOn && findRenewal(doneOn, rule.terms);
		if (!span || !rule.terms.renewal) return;
		dueOn = span.dueOn;
		asked = { cycle: asked.cycle + 1, by: rule.terms.renewal.by, assignedOn: span.opensOn };
	}
}

function choosePractice(life: Life): void {
	const { chance, catalogue, post, history, endsOn } = life;
	const course = catalogue.course('practice');
	const asked = { cycle: 1, by: 'course' as By, assignedOn: addDays(post.hiredOn, 60) };
	if (!course || asked.assignedOn > endsOn) return;
	doIt(life, course, asked, 200);
	history.assignments.push({
		...asked,
		id: timedId(chance, Date.parse(asked.assignedOn)),
		course: course.slug,
		rule: null,
		origin: 'choice',
		dueOn: null,
		terms: null,
		endedOn: null
	});
}

/** Does what a cycle asks, in time, late, in part or not at all; the day on which all of it was done. */
function doIt(
	{ chance, history, endsOn }: Life,
	course: Course,
	{ cycle, by, assignedOn }: { cycle: number; by: By; assignedOn: string },
	dueDays: number
): string | null {
	const modules = by === 'refresher' && course.refresher ? [course.refresher] : course.modules;
	const isInTime = chance.percent(80);
	const share = isInTime ? 0.1 + 0.8 * chance.next() : 1 + 0.7 * chance.next();
	const days = Math.max(1, Math.round(dueDays * share));
	const source = by === 'course' && chance.percent(15) ? 'attended' : 'learned';
	const isCredited = by === 'course' && chance.percent(2);
	// Some never begin, some stop half way.
	const stopsAfter = chance.percent(7) ? chance.below(modules.length) : modules.length;
	const doneOn = addDays(assignedOn, days);
	if (isCredited) {
		const day = addDays(assignedOn, 2);
		if (day > endsOn) return null;
		history.completions.push({ course: course.slug, cycle, day, by, source: 'credited' });
		return day;
	}
	let done = 0;
	for (const [at, { slug: module }] of modules.slice(0, stopsAfter).entries()) {
		const after = source === 'attended' ? days : Math.round((days * (at + 1)) / modules.length);
		const day = addDays(assignedOn, after);
		if (day > endsOn) break;
		history.modules.push({ course: course.slug, module, cycle, day, source });
		done += 1;
	}
	if (done < modules.length) return null;
	history.completions.push({ course: course.slug, cycle, day: doneOn, by, source });
	return doneOn;
}

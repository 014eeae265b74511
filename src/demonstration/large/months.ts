import type { PersonFacts } from '#lib/completion/facts.server.ts';
import { standAll, type Stands } from '#lib/completion/settle.server.ts';
import type { Catalogue } from '#lib/content/catalogue.ts';
import { addDays, addMonths } from '#lib/time.ts';
import type { History } from './history.ts';
import type { Post } from './posts.ts';
import type { RuleMade } from './rules.ts';

/** How places stood at the end of past months: counted while people's lives are gone through. */
export class MonthCounts {
	/** The last days of whole months, the first one first. */
	readonly ends: readonly string[];
	readonly #valid = new Map<string, Int32Array>();
	readonly #total = new Map<string, Int32Array>();
	readonly #catalogue: Catalogue;

	constructor(catalogue: Catalogue, start: string, today: string) {
		this.#catalogue = catalogue;
		const ends: string[] = [];
		const firstOf = (day: string) => `${day.slice(0, 7)}-01`;
		for (let first = addMonths(firstOf(start), 1); first <= today; first = addMonths(first, 1))
			ends.push(addDays(first, -1));
		this.ends = ends;
	}

	/** Counts a person at these places, at the end of each month in which they were there. */
	add(post: Post, history: History, rules: readonly RuleMade[], places: readonly number[]): void {
		const events = listDays(history).sort();
		let known: readonly Stands[] = [];
		let knownOn = '';
		for (const [month, day] of this.ends.entries()) {
			if (day < post.hiredOn) continue;
			if (post.leftOn !== null && post.leftOn <= day) return;
			const hasHappened = events.some((event) => event > knownOn && event <= day);
			const isOver = known.some(({ nextOn }) => nextOn !== null && nextOn <= day);
			if (hasHappened || isOver)
				known = standAll(this.#catalogue, factsOf(post, history, rules, day), day);
			knownOn = day;
			for (const { course, isValid } of known)
				for (const place of places) this.#count(`${place} ${course}`, month, isValid);
		}
	}

	#count(key: string, month: number, isValid: boolean): void {
		const add = (counts: Map<string, Int32Array>, one: number) => {
			let found = counts.get(key);
			if (!found) counts.set(key, (found = new Int32Array(this.ends.length)));
			found[month] = (found[month] ?? 0) + one;
		};
		add(this.#total, 1);
		add(this.#valid, isValid ? 1 : 0);
	}

	/** All that was counted. */
	*rows(): Generator<{
		place: number;
		course: string;
		month: string;
		valid: number;
		total: number;
	}> {
		for (const [key, totals] of this.#total) {
			const [place, course = ''] = key.split(' ');
			for (const [at, total] of totals.entries()) {
				const month = (this.ends[at] ?? '').slice(0, 7);
				const valid = this.#valid.get(key)?.[at] ?? 0;
				if (total > 0) yield { place: Number(place), course, month, valid, total };
			}
		}
	}
}

function listDays({ absences, waivers, assignments, modules, completions }: History): string[] {
	return [
		...[...absences, ...waivers].map(({ from }) => from),
		...assignments.map(({ assignedOn }) => assignedOn),
		...[...modules, ...completions].map(({ day }) => day)
	];
}

/** What was known of a person on a day. */
function factsOf(
	post: Post,
	history: History,
	rules: readonly RuleMade[],
	day: string
): PersonFacts {
	return {
		person: post.id,
		isHere: true,
		whereabouts: { works: [], holds: [], above: () => new Set() },
		rules: rules.filter(({ madeOn }) => madeOn <= day),
		absences: history.absences.filter(({ from }) => from <= day),
		waivers: history.waivers.filter(({ from }) => from <= day),
		assignments: history.assignments
			.filter(({ assignedOn }) => assignedOn <= day)
			.map((one) => ({ ...one, endedOn: null })),
		completions: Map.groupBy(
			history.completions.filter((one) => one.day <= day),
			({ course }) => course
		),
		modules: Map.groupBy(
			history.modules.filter((one) => one.day <= day),
			({ course }) => course
		)
	};
}

import type { Rule } from '#lib/completion/assigning.ts';
import { isReached, type Held } from '#lib/completion/places.ts';
import type { Terms } from '#lib/completion/renewal.ts';
import { addDays } from '#lib/time.ts';
import { timedId, type Chance } from './chance.ts';
import type { LargePlace } from './places.ts';
import type { Post } from './posts.ts';

export interface RuleMade extends Rule, Held {
	madeOn: string;
}

/** Each landsdel begins some months after the one before it; some municipalities ask for more. */
export function makeRules(
	chance: Chance,
	places: readonly LargePlace[],
	start: string
): RuleMade[] {
	const rules: RuleMade[] = [];
	const make = (place: LargePlace, role: string, course: string, after: number, terms: Terms) => {
		const madeOn = addDays(start, after);
		const id = timedId(chance, Date.parse(madeOn));
		rules.push({ id, role, course, workplace: place.id, terms, madeOn });
	};
	const of = (level: LargePlace['level']) => places.filter((place) => place.level === level);
	const [top] = places;
	if (!top) return rules;
	const once = (dueDays: number): Terms => ({ dueDays, graceDays: 30, renewal: null });
	make(top, 'leader', 'leader', 0, once(120));
	make(top, 'key-staff', 'key-staff', 30, once(90));
	make(top, 'peer-supporter', 'peer', 90, once(60));
	for (const [at, region] of of('region').entries())
		make(region, 'staff', 'basic', 45 * at, {
			dueDays: 30,
			graceDays: 14,
			renewal: { by: 'refresher', months: at % 2 === 0 ? 12 : 6 }
		});
	make(top, 'staff', 'basic', 240, {
		dueDays: 60,
		graceDays: 14,
		renewal: { by: 'refresher', months: 12 }
	});
	for (const [at, municipality] of of('municipality').entries())
		if (at % 3 === 0) make(municipality, 'staff', 'practice', 200 + 13 * (at % 17), once(180));
	return rules;
}

/** The rules that reach whoever holds a post, as `settle` finds them. */
export function rulesFor(
	rules: readonly RuleMade[],
	places: readonly LargePlace[],
	{ place, role }: Pick<Post, 'place' | 'role'>
): RuleMade[] {
	const own = places[place];
	if (!own) return [];
	const above = new Set(own.above.map((at) => places[at]?.id ?? ''));
	const whereabouts = {
		works: [own.id],
		holds: role === null ? [] : [{ role, workplace: own.id }],
		above: () => above
	};
	return rules.filter((rule) => isReached(whereabouts, rule));
}

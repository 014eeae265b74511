import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#lib/time.ts';
import { holdPolicy, takesEffectOn, type Decision, type Viewing } from './view-policy.ts';

const today = '2026-03-14';

test('before anything is decided, leaders see names from the beginning', () => {
	expect(holdPolicy([], today)).toEqual({ shows: 'names', since: null, next: null });
});

test('showing less holds at once', () => {
	expect(takesEffectOn('counts', today)).toBe(today);
	const counts = { shows: 'counts', announcedOn: today, effectiveOn: today } as const;
	expect(holdPolicy([counts], today)).toEqual({ shows: 'counts', since: today, next: null });
});

test('showing more is told fourteen days before, and reaches back to nothing', () => {
	expect(takesEffectOn('names', today)).toBe('2026-03-28');
	const counts = { shows: 'counts', announcedOn: today, effectiveOn: today } as const;
	const names = { shows: 'names', announcedOn: today, effectiveOn: '2026-03-28' } as const;
	const both = [names, counts];
	expect(holdPolicy(both, '2026-03-27')).toEqual({ shows: 'counts', since: today, next: names });
	expect(holdPolicy(both, '2026-03-28')).toEqual({
		shows: 'names',
		since: '2026-03-28',
		next: null
	});
});

/** Decisions as the settings make them, some days apart; one that lies ahead goes with a new one. */
function decide(steps: readonly { days: number; shows: Viewing }[]): {
	decisions: Decision[];
	last: string;
} {
	let decisions: Decision[] = [];
	let day = today;
	for (const { days, shows } of steps) {
		day = addDays(day, days);
		const before = holdPolicy(decisions, day);
		decisions = decisions.filter(({ effectiveOn }) => effectiveOn <= day);
		if (before.shows === shows) continue;
		decisions.push({ shows, announcedOn: day, effectiveOn: takesEffectOn(shows, day) });
	}
	return { decisions, last: day };
}

test('whatever was decided, names are never shown for a day on which only counts were', () => {
	const step = fc.record({
		days: fc.nat({ max: 40 }),
		shows: fc.constantFrom<Viewing>('names', 'counts')
	});
	fc.assert(
		fc.property(fc.array(step, { maxLength: 8 }), fc.nat({ max: 60 }), (steps, ahead) => {
			const { decisions, last } = decide(steps);
			const end = addDays(last, ahead);
			const { shows, since } = holdPolicy(decisions, end);
			if (shows === 'counts') return;
			for (let day = since ?? today; day <= end; day = addDays(day, 1))
				expect(holdPolicy(decisions, day).shows).toBe('names');
			if (since !== null) expect(holdPolicy(decisions, addDays(since, -1)).shows).toBe('counts');
		})
	);
});

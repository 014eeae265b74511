import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSamePlan, mergePlan, type PlanAnswers } from './merge-plan.ts';

const fields = ['who', 'when', 'first-step'];
const form = fc.record(
	Object.fromEntries(fields.map((field) => [field, fc.constantFrom('', 'a', 'b', 'c')]))
) as fc.Arbitrary<PlanAnswers>;

describe('what two people write in one form', () => {
	test('stays as each wrote it where they changed different fields', () => {
		const base = { who: 'Kim', when: 'May' };
		expect(mergePlan(base, { who: 'Bo', when: 'May' }, { who: 'Kim', when: 'June' })).toEqual({
			answers: { who: 'Bo', when: 'June' },
			overwritten: []
		});
	});

	test('stays as the last one wrote it where both changed a field, and tells what it was', () => {
		expect(mergePlan({}, { who: 'Bo' }, { who: 'Kim' })).toEqual({
			answers: { who: 'Kim' },
			overwritten: [{ field: 'who', theirs: 'Bo' }]
		});
	});

	test('keeps what stands in a field that the form does not have any more', () => {
		expect(mergePlan({}, { budget: '400' }, { who: 'Kim' }).answers).toEqual({
			budget: '400',
			who: 'Kim'
		});
	});

	test('loses no word of either, whatever they wrote', () => {
		fc.assert(
			fc.property(form, form, form, (base, theirs, mine) => {
				const { answers, overwritten } = mergePlan(base, theirs, mine);
				for (const field of fields) {
					const stands = answers[field] ?? '';
					if (mine[field] !== base[field]) expect(stands).toBe(mine[field]);
					const isNewOfThem = theirs[field] !== '' && theirs[field] !== base[field];
					if (isNewOfThem && stands !== theirs[field])
						expect(overwritten).toContainEqual({ field, theirs: theirs[field] });
				}
			})
		);
	});

	test('is what one wrote where nobody else wrote anything', () => {
		fc.assert(
			fc.property(form, form, (base, mine) => {
				const { answers, overwritten } = mergePlan(base, base, mine);
				expect(isSamePlan(answers, mine)).toBe(true);
				expect(overwritten).toEqual([]);
			})
		);
	});

	test('is not read off the names that every object has', () => {
		expect(mergePlan({}, {}, { constructor: 'x' }).answers).toEqual({ constructor: 'x' });
		expect(isSamePlan({}, { constructor: '' })).toBe(true);
	});
});

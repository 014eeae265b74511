import { describe, expect, test } from 'vitest';
import type { Actor, Grant } from './actor.ts';
import { authorise, can } from './rights.ts';

function actorWith(...grants: Grant[]): Actor {
	return { person: 'kim', organisation: 'acme', name: 'Kim', locale: null, grants };
}

/** A house below the top of its organisation. */
const north = { reachedFrom: ['top', 'north'] };
const south = { reachedFrom: ['top', 'south'] };

describe('a leader reads the team', () => {
	test.each([
		['of the own house', 'north', north, true],
		['of no house beside it', 'north', south, false],
		['of every house below', 'top', south, true],
		['of nothing above', 'north', { reachedFrom: ['top'] }, false]
	])('%s', (_, held, place, expected) => {
		expect(can(actorWith({ role: 'leader', workplace: held }), 'team.read', place)).toBe(expected);
	});
});

test.each(['staff', 'key-staff', 'peer-supporter', 'editor', 'administrator'] as const)(
	'a %s does not read the team',
	(role) => {
		expect(can(actorWith({ role, workplace: 'north' }), 'team.read', north)).toBe(false);
	}
);

describe('the plans of a house', () => {
	test.each(['leader', 'key-staff'] as const)('are read and written by its %s', (role) => {
		const actor = actorWith({ role, workplace: 'north' });
		for (const permission of ['plan.read', 'plan.write'] as const) {
			expect(can(actor, permission, north)).toBe(true);
			expect(can(actor, permission, south)).toBe(false);
			expect(can(actorWith({ role, workplace: 'top' }), permission, north)).toBe(true);
		}
	});

	test.each(['staff', 'peer-supporter', 'editor', 'administrator'] as const)(
		'are neither read nor written by a %s',
		(role) => {
			const actor = actorWith({ role, workplace: 'north' });
			expect(can(actor, 'plan.read', north)).toBe(false);
			expect(can(actor, 'plan.write', north)).toBe(false);
		}
	);
});

describe('who is refused learns only what they may know', () => {
	const leader = actorWith({ role: 'leader', workplace: 'north' });

	test('a stranger hears that there is no such place, whether there is or not', () => {
		expect(() => authorise(leader, 'team.read', south)).toThrow(
			expect.objectContaining({ code: 'not-found' })
		);
		expect(() => authorise(leader, 'team.read', null)).toThrow(
			expect.objectContaining({ code: 'not-found' })
		);
	});

	test('a colleague without the right hears that they may not', () => {
		expect(() => authorise(actorWith(), 'team.read', north)).toThrow(
			expect.objectContaining({ code: 'forbidden' })
		);
	});
});

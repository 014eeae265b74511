import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from '#lib/errors.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { answer, ownPath } from './respond.ts';

describe('a way back', () => {
	test.each([
		['/learn/basic?step=landing#top', '/learn/basic?step=landing#top'],
		['//elsewhere.example', '/'],
		['/\\elsewhere.example', '/'],
		['/.//elsewhere.example', '/'],
		['/a/..//elsewhere.example', '/'],
		['/%2e//elsewhere.example', '/'],
		['/.\\/elsewhere.example', '/'],
		['https://elsewhere.example/', '/'],
		['javascript:alert(1)', '/'],
		['', '/'],
		[undefined, '/']
	])('%s leads to %s', (wanted, expected) => {
		expect(ownPath(wanted)).toBe(expected);
	});

	test('3.7.2 never leaves the site, whatever is asked', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.webUrl(),
					fc.string().map((s) => `/${s}`),
					fc.stringMatching(/^\/[./\\%2e]{1,8}elsewhere\.example$/)
				),
				(wanted) => {
					const path = ownPath(wanted);
					expect(new URL(path, 'https://own.example').origin).toBe('https://own.example');
				}
			),
			{ numRuns: 500 }
		);
	});
});

describe('an outcome of the domain becomes a status', () => {
	test.each([
		['not-found', 404],
		['forbidden', 403],
		['conflict', 409],
		['invalid', 422],
		['too-many', 429]
	] as const)('%s is %i', async (code, status) => {
		const work = answer(() => Promise.reject(new DomainError(code, 'x')));
		await expect(work).rejects.toMatchObject({ status });
	});

	test('a store that cannot answer is 503 and says why', async () => {
		const work = answer(() => Promise.reject(new StoreUnavailable('full', null)));
		await expect(work).rejects.toMatchObject({ status: 503, body: { reason: 'full' } });
	});

	test('a bug stays a bug', async () => {
		const bug = new TypeError('oops');
		await expect(answer(() => Promise.reject(bug))).rejects.toBe(bug);
	});
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
	completeDocument,
	findHoldingTests,
	findTitles,
	readStatements,
	securityDocument
} from './security-statements.ts';

describe('the document on security', () => {
	const text = readFileSync(securityDocument, 'utf8');
	const statements = readStatements(text);
	const tests = findHoldingTests();
	const held = new Set(tests.map(({ number }) => number));

	test('says of no number that it is held where no test names it', () => {
		const unheld = statements.filter(({ number, reason }) => !reason && !held.has(number));
		expect(unheld.map(({ number }) => number)).toEqual([]);
	});

	test('knows every number that a test names', () => {
		const known = new Set(statements.map(({ number }) => number));
		expect(tests.filter(({ number }) => !known.has(number))).toEqual([]);
	});

	test('says of nothing that it is not held yet, or does not apply, where a test holds it', () => {
		const late = statements.filter(
			({ number, reason }) =>
				(reason === 'not held yet' || reason === 'not here') && held.has(number)
		);
		expect(late, 'npm run security:list takes them out').toEqual([]);
	});

	test('tells each number once', () => {
		const all = statements.map(({ number }) => number);
		expect(all.filter((number, at) => all.indexOf(number) !== at)).toEqual([]);
		expect(all.length).toBeGreaterThan(100);
	});

	test('lists the tests as they are', () => {
		expect(
			completeDocument(text, tests) === text,
			'npm run security:list brings it up to date'
		).toBe(true);
	});
});

test('a title is one that begins with numbers, and an address or a version is none', () => {
	const text = [
		`test('${'1.2.3'}, 4.5.6 holds', () => {})`,
		`describe("ASVS ${'7.8.9'}: a", () => {})`,
		`ask('${'10.0.0.1'}'); need('${'1.2.3'}'); test('of 1.2.3', () => {})`
	].join('\n');
	expect(findTitles(text).map(({ number }) => number)).toEqual(['1.2.3', '4.5.6', '7.8.9']);
});

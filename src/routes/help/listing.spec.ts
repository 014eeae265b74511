import { describe, expect, test } from 'vitest';
import type { Contacts } from '#lib/content/contacts.ts';
import { makeContact } from '#tests/support/contact.ts';
import { isFresh, listHelp, writeSourceDate } from './listing.ts';

const today = '2026-07-15';

const contacts: Contacts = {
	local: [
		{
			slug: 'leader',
			name: { da: 'Din leder', en: 'Your leader' },
			audience: { da: 'Dig.', en: 'You.' }
		}
	],
	contacts: [
		makeContact('lifeline', { number: '70 201 201', with: ['alarm', 'ward'] }),
		makeContact('alarm', { number: '112' }),
		makeContact('ward', { lastVerified: '2026-05' }),
		makeContact('doctor', { number: '1813', region: 'hovedstaden' })
	]
};

describe('the page of help', () => {
	test('puts danger first, the national lines together, and each region by itself', () => {
		const view = listHelp(contacts, 'da', today);
		const slugs = (list: readonly { slug: string }[]) => list.map(({ slug }) => slug);
		expect(slugs(view.danger)).toEqual(['alarm']);
		expect(slugs(view.local)).toEqual(['leader']);
		expect(slugs(view.national)).toEqual(['lifeline', 'ward']);
		expect(slugs(view.regional)).toEqual(['doctor']);
	});

	test('never shows a line alone that belongs with others', () => {
		const [lifeline] = listHelp(contacts, 'en', today).national;
		expect(lifeline?.with).toEqual([
			{ slug: 'alarm', name: 'the alarm', number: '112' },
			{ slug: 'ward', name: 'the ward', number: null }
		]);
	});

	test('asks to check the hours of what is old or undated', () => {
		const [lifeline, ward] = listHelp(contacts, 'da', today).national;
		expect(lifeline).toMatchObject({ isFresh: false, sourceDate: null });
		expect(ward).toMatchObject({ isFresh: true, sourceDate: 'maj 2026' });
	});
});

describe('a source is fresh for six months', () => {
	test.each([
		['2026-01-15', true],
		['2026-01-14', false],
		['2026-02', true],
		['2026-01', false],
		['2026', false],
		['2022', false]
	])('%s: %s', (sourceDate, expected) => {
		expect(isFresh(sourceDate, today)).toBe(expected);
	});

	test('across the turn of the year', () => {
		expect(isFresh('2025-10', '2026-03-02')).toBe(true);
		expect(isFresh('2025-08', '2026-03-02')).toBe(false);
	});
});

test('the date of a source is written as exactly as the source has it', () => {
	expect(writeSourceDate('2023', 'da')).toBe('2023');
	expect(writeSourceDate('2023-05', 'en')).toBe('May 2023');
	expect(writeSourceDate('2023-05-17', 'da')).toBe('17. maj 2023');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsCpr } from './cpr.ts';

const two = (number: number) => String(number).padStart(2, '0');

/** A number as it could have been given to somebody who lives, with nothing said of its last digits. */
const number = fc
	.record({
		born: fc.date({
			min: new Date('1930-01-01T00:00:00Z'),
			max: new Date('2026-01-01T00:00:00Z'),
			noInvalidDate: true
		}),
		seventh: fc.nat({ max: 9 }),
		last: fc.nat({ max: 999 }),
		isReplacement: fc.boolean()
	})
	.map(({ born, seventh, last, isReplacement }) => {
		const year = born.getUTCFullYear();
		const ofCentury =
			year < 1937
				? [0, 1, 2, 3]
				: year < 2000
					? [0, 1, 2, 3, 4, 9]
					: year < 2037
						? [4, 5, 6, 7, 8, 9]
						: [5];
		const digit = ofCentury[seventh % ofCentury.length] ?? 0;
		const isEarly = year < 1937 && digit > 3;
		const day = born.getUTCDate() + (isReplacement ? 60 : 0);
		return {
			day: `${two(day)}${two(born.getUTCMonth() + 1)}${two(year % 100)}`,
			rest: `${isEarly ? 0 : digit}${String(last).padStart(3, '0')}`,
			year
		};
	});

/** Words around a number, as somebody writes. */
const around = fc.constantFrom('', ' ', 'Bo, ', '(', 'cpr.nr. ', 'Født: ', 'Se sag\n', '»');

describe('a CPR number', () => {
	test('is seen with its hyphen, whatever its last digit, wherever it stands', () => {
		fc.assert(
			fc.property(number, around, fc.constantFrom('-', '–', ' - ', '‑'), (one, before, hyphen) => {
				expect(holdsCpr(`${before}${one.day}${hyphen}${one.rest}.`)).toBe(true);
			})
		);
	});

	test('is seen without one where it has its check digit, or was given after there was one', () => {
		fc.assert(
			fc.property(number, around, (one, before) => {
				const digits = `${one.day}${one.rest}`;
				const sum = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1].reduce(
					(total, weight, at) => total + weight * Number(digits[at]),
					0
				);
				fc.pre(sum % 11 === 0 || one.year > 2007);
				expect(holdsCpr(`${before}${digits}`)).toBe(true);
			})
		);
	});

	test.each([
		['of who was born after 2007', '0512115678'],
		['of a first of January, without a check digit', '0101660005'],
		['with a blank', '131170 2221'],
		['a replacement number', '730145-1234'],
		['in wide digits', '１３１１７０-１２３４'],
		['with a blank that does not break', '131170\u00a02221']
	])('is seen %s', (_, text) => {
		expect(holdsCpr(text)).toBe(true);
	});
});

describe('what is none', () => {
	test.each([
		['a phone number', 'Ring 38 11 22 33 eller 38112233'],
		['two phone numbers', '3811 2233, 40 50 60 70'],
		['one from abroad', '+46 0701234567 og +4538112233'],
		['a phone number with a country code', '004538112233'],
		['a day', '13-11-1970 og 13.11.70 og 131170'],
		['a day and an hour', 'Vagt 280225 1430'],
		['an hour and another', 'kl. 0715-1530'],
		['days from and until', '131126-151126'],
		['a version', '2.010203-1234 og 1.2.3-20260114'],
		['a company', 'CVR 12345678, EAN 5798000123456'],
		['an account', '1234 0001234567 og IBAN DK5000400440116243'],
		['a date that never was', '310270-1234 og 300299-4321'],
		['a month that is none', '011370-1234'],
		['a number of ten digits that is no date', '9912345678'],
		['a part of a longer number', '1131170222100'],
		['a part of a word', 'a1311702221 og 131170-2221b'],
		['somebody born in 1860', '010160-7234'],
		['an id', '0190f3a0-0000-7000-8000-010170123456'],
		['nothing', '']
	])('%s', (_, text) => {
		expect(holdsCpr(text)).toBe(false);
	});

	test('a Danish phone number is never one, however it is parted', () => {
		const phone = fc.integer({ min: 20_000_000, max: 99_999_999 }).map(String);
		const parted = (digits: string, mark: string) => digits.match(/../g)?.join(mark) ?? digits;
		fc.assert(
			fc.property(phone, fc.constantFrom('', ' ', '-', '.'), (digits, mark) => {
				expect(holdsCpr(`Ring til vagten på ${parted(digits, mark)} i nat.`)).toBe(false);
			})
		);
	});

	test('a day and a year are never one, nor a day with an hour and minutes', () => {
		const moment = fc.date({
			min: new Date('1950-01-01T00:00:00Z'),
			max: new Date('2040-01-01T00:00:00Z'),
			noInvalidDate: true
		});
		fc.assert(
			fc.property(moment, (one) => {
				const [day = '', time = ''] = one.toISOString().split('T');
				const [year, month, date] = day.split('-');
				const texts = [day, `${date}-${month}-${year}`, `${date}.${month}.${year}`];
				for (const text of texts) expect(holdsCpr(`${text} ${time.slice(0, 5)}`)).toBe(false);
			})
		);
	});

	test('of ten digits at random few are taken for one', () => {
		// A day that exists comes up in 3.5 % of them, and fewer are left after the check by eleven.
		const texts = fc.sample(
			fc.integer({ min: 0, max: 9_999_999_999 }).map((one) => String(one).padStart(10, '0')),
			{ numRuns: 4_000, seed: 7 }
		);
		expect(texts.filter(holdsCpr).length).toBeLessThan(texts.length * 0.03);
	});
});

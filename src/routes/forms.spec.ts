import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { markMeant, readForm } from './forms.ts';

const schema = v.strictObject({ step: v.string(), option: v.optional(v.array(v.string()), []) });

const send = (...fields: [string, string][]) =>
	readForm(
		new Request('http://own.example', { method: 'POST', body: new URLSearchParams(fields) }),
		schema
	);

test('a field may come several times where its name says so', async () => {
	const { output } = await send(['step', 'a'], ['option[]', '0'], ['option[]', '2']);
	expect(output).toEqual({ step: 'a', option: ['0', '2'] });
});

test.each(['role', '__proto__', 'constructor'])(
	'2.2.1, 15.3.6 a forged field %s is refused',
	async (name) => {
		expect((await send(['step', 'a'], [name, 'administrator'])).success).toBe(false);
	}
);

describe('a text that looks as if it held a CPR number', () => {
	const number = 'Det var Ib, 131170-2221.';
	const texts = v.strictObject({ name: v.string(), text: v.string() });
	const post = (fields: [string, string][], judgedElsewhere?: string[]) =>
		readForm(
			new Request('http://own.example/a?/b', { method: 'POST', body: new URLSearchParams(fields) }),
			texts,
			judgedElsewhere
		);
	const heldOf = async (sent: Promise<unknown>) => {
		const thrown = await sent.then(
			() => undefined,
			(fault: unknown) => fault as { body: App.Error }
		);
		return thrown?.body.held?.fields.filter(({ isDoubtful }) => isDoubtful).map(({ text }) => text);
	};

	test('is asked about in a name too, where nothing else refuses it', async () => {
		expect(
			await heldOf(
				post([
					['name', number],
					['text', '']
				])
			)
		).toEqual([number]);
		expect(
			await heldOf(
				post(
					[
						['name', number],
						['text', '']
					],
					['name']
				)
			)
		).toBeUndefined();
	});

	test('is asked about once while a form carries it on, and any other is asked about still', async () => {
		const marks = markMeant([number, 'Ingen her.']);
		expect(marks).toMatch(/^[\w-]{16}$/);
		const other = 'Og det var Bo, 010180-1234.';
		expect(
			await heldOf(
				post([
					['name', ''],
					['text', `${number}\r\n`],
					['cpr', marks]
				])
			)
		).toBeUndefined();
		const sent = post([
			['name', other],
			['text', number],
			['cpr', marks]
		]);
		expect(await heldOf(sent)).toEqual([other]);
		// What was meant before goes along on the page that asks.
		await expect(sent).rejects.toMatchObject({
			body: {
				held: { fields: expect.arrayContaining([{ name: 'cpr', text: marks, isDoubtful: false }]) }
			}
		});
		expect(
			await heldOf(
				post([
					['name', other],
					['text', number],
					['cpr', marks],
					['cpr', 'kept']
				])
			)
		).toBeUndefined();
	});

	test('2.2.1 is not taken on the word of a field that no form of ours sends', async () => {
		const { success } = await post([
			['name', ''],
			['text', number],
			['cpr', 'true']
		]);
		expect(success).toBe(false);
	});
});

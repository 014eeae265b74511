import * as v from 'valibot';
import { expect, test } from 'vitest';
import { readForm } from './forms.ts';

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

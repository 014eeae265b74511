import { expect, test } from 'vitest';
import { Doubt } from './doubt.ts';

test('an answer counts unless the line was heard since it was asked for', async () => {
	const doubt = new Doubt();
	expect(await doubt.ask(async () => true)).toBe(true);
	expect(await doubt.ask(async () => false)).toBe(false);
	const { promise, resolve } = Promise.withResolvers<boolean>();
	const late = doubt.ask(() => promise);
	doubt.settle();
	resolve(true);
	expect(await late).toBe(false);
	expect(await doubt.ask(async () => true)).toBe(true);
});

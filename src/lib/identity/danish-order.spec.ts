import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareKeys, danishKey } from './danish-order.ts';

const collator = new Intl.Collator('da', { sensitivity: 'base' });
const compare = (a: string, b: string) => compareKeys(danishKey(a), danishKey(b));

test('names come in the order of the Danish alphabet', () => {
	const names = ['Åse', 'Ærø', 'Zoë', 'Aase', 'Øjvind', 'Bo Ø', 'Bo', 'Émile', 'Eva', 'bent'];
	expect(names.toSorted(compare)).toEqual([
		'bent',
		'Bo',
		'Bo Ø',
		'Émile',
		'Eva',
		'Zoë',
		'Ærø',
		'Øjvind',
		'Åse',
		'Aase'
	]);
});

test('two names stand to each other as a collator has them', () => {
	const name = fc
		.array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzæøåABCÆØÅéèó '), { maxLength: 12 })
		.map((letters) => letters.join('').trim().replaceAll(/ +/g, ' '))
		// What two of them mean beside each other is tested above.
		.filter((text) => !/a[aå]/i.test(text));
	fc.assert(
		fc.property(name, name, (a, b) => {
			expect(Math.sign(compare(a, b))).toBe(Math.sign(collator.compare(a, b)));
		}),
		{ numRuns: 2000 }
	);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { palette } from './palette.ts';

test('what is printed has the colours of the screen by day', () => {
	const tokens = readFileSync('src/lib/ui/tokens.css', 'utf8');
	const byDay = new Map(
		[...tokens.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}),/g)].map(([, name, colour]) => [
			name,
			colour
		])
	);
	for (const [name, colour] of Object.entries(palette)) expect(byDay.get(name), name).toBe(colour);
});

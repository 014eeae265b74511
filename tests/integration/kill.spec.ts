import { beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../src/commands/build.mjs';
import { makeFolder } from '#tests/support/folder.ts';
import { survive } from '#tests/support/survival.ts';

const kills = 50;

beforeAll(() => ensureBuilt({ announce: false }), 300_000);

test('every move that was acknowledged is there once, however often the server is killed under load', async () => {
	const found = await survive({ dataDir: makeFolder(), kills, seed: 1 });
	expect(found.faults).toEqual([]);
	expect(found.kills).toBe(kills);
	expect(found.found).toBe(found.acknowledged);
	expect(found.inTheMiddle).toBeGreaterThan(kills / 2);
	expect(found.pages).toBeGreaterThan(0);
}, 1_800_000);

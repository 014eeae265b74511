import { expect, test } from 'vitest';
import { newId, newPrivateId } from './id.ts';

test('a public id is a UUIDv7 that tells its millisecond and sorts by it', () => {
	const moment = Date.UTC(2026, 2, 14, 9);
	const id = newId(moment);
	expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(moment);
	expect(newId(moment + 1) > id).toBe(true);
});

test('a private id tells nothing: it is a UUIDv4, and no two are alike', () => {
	const ids = Array.from({ length: 1000 }, newPrivateId);
	expect(new Set(ids).size).toBe(1000);
	for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
});

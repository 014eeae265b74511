import { describe, expect, test } from 'vitest';
import { drawThrough, heightOf, placeOnWave, placePoints } from './alarm-curve.ts';

describe('a level on the alarm curve', () => {
	test('stands higher in the drawing the higher the alarm is', () => {
		expect(heightOf(0, 10)).toBeGreaterThan(heightOf(5, 10));
		expect(heightOf(5, 10)).toBeGreaterThan(heightOf(10, 10));
	});

	test('is held at the edge when it is out of bounds', () => {
		expect(heightOf(14, 10)).toBe(heightOf(10, 10));
		expect(heightOf(-3, 10)).toBe(heightOf(0, 10));
	});

	test('lies at the foot of the wave when calm and at its crest when full', () => {
		expect(placeOnWave(0, 10, 'up').x).toBe(14);
		expect(placeOnWave(0, 10, 'down').x).toBe(86);
		expect(placeOnWave(10, 10, 'up').x).toBe(50);
	});

	test('is as high on the way down as on the way up', () => {
		const up = placeOnWave(4, 10, 'up');
		const down = placeOnWave(4, 10, 'down');
		expect(up.y).toBe(down.y);
		expect(up.x + down.x).toBeCloseTo(100);
	});
});

describe('the path of a conversation', () => {
	test('goes through every stop from left to right', () => {
		const places = placePoints([{ level: 2 }, { level: 6, decision: true }, { level: 1 }], 8);
		expect(places.map(({ x }) => x)).toEqual([5, 50, 95]);
		const path = drawThrough(places);
		for (const { x, y } of places) expect(path).toContain(`${x} ${y}`);
	});

	test('is empty where nothing has happened yet', () => {
		expect(drawThrough([])).toBe('');
	});
});

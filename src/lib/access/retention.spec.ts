import { expect, test } from 'vitest';
import { daysKept, retention, retentionClasses, type Retention } from './retention.ts';

test('an organisation chooses within the bounds of the table', () => {
	expect(daysKept('absences', { absences: 90 })).toBe(90);
	expect(daysKept('absences', { absences: 1 })).toBe(365);
	expect(daysKept('absences', { absences: 9999 })).toBe(365);
	expect(daysKept('absences', { absences: 90.5 })).toBe(365);
});

test('what tells no organisation is kept for one time', () => {
	expect(daysKept('attempts', { attempts: 4000 })).toBe(395);
});

test.each(retentionClasses)('the time of %s is one that could be chosen', (name) => {
	const { days, choice }: Retention = retention[name];
	expect(days).toBeGreaterThanOrEqual(choice?.least ?? 0);
	expect(days).toBeLessThanOrEqual(choice?.most ?? 3653);
});

import { describe, expect, test } from 'vitest';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { presentScenario } from './present.ts';
import { replay } from './run.ts';

const shown = presentScenario(soundScenario(), 'en', (markdown) => `<p>${markdown.trim()}</p>`);

describe('a presented scenario', () => {
	test('has its Markdown rendered and its other texts plain', () => {
		expect(shown.title).toBe('At the bus stop');
		expect(shown.textVersion).toMatch(/^<p>Bo is waiting/u);
		expect(shown.people['bo']).toEqual({ name: 'Bo', about: '50 years old. Likes fishing.' });
		expect(shown.gauges['trust']?.words).toEqual([
			{ upTo: 1, word: 'closed off' },
			{ upTo: 4, word: 'open' }
		]);
		expect(shown.scenes['stop']).toMatchObject({
			text: '<p>Bo looks at the board. The bus has left.</p>',
			says: { who: 'bo', text: 'Is there another one?' },
			choices: {
				answer: {
					text: 'You say it as it is.',
					consequence: '<p>Bo nods.</p>',
					why: '<p>Now he knows what happens.</p>'
				}
			}
		});
		expect(shown.scenes['taxi']).toEqual({
			ending: 'repaired',
			text: '<p>A cab comes. Bo gets in.</p>',
			takeaway: '<p>Stay, and say it as it is.</p>'
		});
	});

	test('holds no notes for facilitators and nothing in the other language', () => {
		const text = JSON.stringify(shown);
		expect(text).not.toContain('facilitator');
		expect(text).not.toContain('What would you do?');
		expect(text).not.toContain('Bussen');
	});

	test('takes the same moves to the same end', () => {
		const moves = ['offer-tea', 'shrug', ':gently', 'leave', 'push', 'breathe'];
		const original = replay(soundScenario(), moves);
		const presented = replay(shown, moves);
		expect(presented.fits).toBe(true);
		expect(presented.run.path).toEqual(original.run.path);
		expect(presented.run.ending).toBe('repaired');
	});
});

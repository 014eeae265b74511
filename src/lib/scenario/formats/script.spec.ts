import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { isEnding } from '../scenes.ts';
import { writeScriptHtml } from './script-html.ts';
import { writeScriptMarkdown } from './script-markdown.ts';
import { makeScript } from './script.ts';

const around = {
	setting: 'shelter',
	themes: { rejection: 'being turned away' },
	outcomes: { 'TI-S3': 'Meeting people calmly', 'TI-S5': 'Staying' },
	contacts: [{ name: 'Your leader', number: '12 34 56 78', audience: 'You, if <it> was hard.' }]
};
const script = makeScript(soundScenario(), 'en', around);

describe('a script for role-play', () => {
	test('numbers the scenes from where the story begins', () => {
		const scenario = soundScenario();
		const { scenes } = makeScript({ ...scenario, start: 'taxi' }, 'en');
		expect(scenes.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
		expect(scenes[0]?.text).toBe('A cab comes. Bo gets in.');
	});

	test('says for each choice what happens, how the scales move and where to go', () => {
		expect(script.scenes[0]?.choices).toMatchObject([
			{ letter: 'a', consequence: 'Bo nods.', moves: 'A −2, B +1', to: 2, condition: undefined },
			{ letter: 'b', moves: 'A +3, B −1', to: 2 },
			{
				letter: 'c',
				moves: undefined,
				to: 1,
				condition: 'scale A is 8 or less and scale B is 1 or more'
			}
		]);
	});

	test('asks before a flagged scene, and plays the gentler one only in its place', () => {
		expect(script.scenes[1]).toMatchObject({
			flag: { theme: 'being turned away', gentler: 3 },
			autos: [{ condition: 'scale A is 9 or more', to: 4 }]
		});
		expect(script.scenes[2]).toMatchObject({ insteadOf: 2 });
	});

	test('has a card for everybody, with their lines', () => {
		expect(script.cards.map(({ name }) => name)).toEqual(['Bo', 'You', 'The one who watches']);
		expect(script.cards[0]?.lines).toEqual([{ scene: 1, text: 'Is there another one?' }]);
	});

	test('has the facilitator’s minutes and questions, and the reasons at the end', () => {
		expect(script.stops).toEqual([{ scene: 2, minutes: 5, ask: ['What would you do?'] }]);
		expect(script.whys[0]?.ways[1]).toEqual({
			letter: 'b',
			text: 'You shrug.',
			why: 'He is told nothing.'
		});
		const html = writeScriptHtml(script);
		expect(html.indexOf('He is told nothing.')).toBeGreaterThan(html.indexOf('Afterwards'));
	});

	test('never tells which choices are good or harmful', () => {
		for (const text of [writeScriptHtml(script), writeScriptMarkdown(script)]) {
			expect(text).not.toMatch(/\bgood\b|\bharmful\b|\bokay\b/u);
		}
	});

	test('holds every text of the story in its language, whatever the story', () => {
		fc.assert(
			fc.property(randomScenario, fc.constantFrom('da', 'en'), (scenario, locale) => {
				const made = makeScript(scenario, locale);
				const told = JSON.stringify(made);
				for (const scene of Object.values(scenario.scenes)) {
					const choices = isEnding(scene) ? [] : Object.values(scene.choices);
					for (const { text, consequence, why } of choices) {
						for (const each of [text, consequence, why]) {
							expect(told).toContain(JSON.stringify(each[locale].trim()).slice(1, -1));
						}
					}
				}
				const markdown = writeScriptMarkdown(made);
				for (const { number } of made.scenes) {
					expect(markdown).toMatch(new RegExp(`^### Scene ${number}$`, 'mu'));
				}
			}),
			{ numRuns: 30 }
		);
	});
});

describe('the printed page', () => {
	const html = writeScriptHtml(script);

	test('stands by itself: no script, no address, no picture', () => {
		expect(html).not.toMatch(/<script|<img|<link|https?:|url\(/iu);
		expect(html).toContain("default-src 'none'");
	});

	test('shows signs of HTML as signs', () => {
		expect(html).toContain('You, if &#60;it&#62; was hard.');
	});

	test('leads every link to a scene of its own', () => {
		const ids = new Set([...html.matchAll(/ id="([^"]*)"/gu)].map(([, id]) => id));
		const links = [...html.matchAll(/href="#([^"]*)"/gu)].map(([, id]) => id);
		expect(links.length).toBeGreaterThan(5);
		for (const id of links) expect(ids).toContain(id);
	});

	test('skips no level of its headings', () => {
		const levels = [...html.matchAll(/<h(\d)/gu)].map(([, level]) => Number(level));
		expect(levels[0]).toBe(1);
		for (const [index, level] of levels.slice(1).entries()) {
			expect(level).toBeLessThanOrEqual((levels[index] ?? 0) + 1);
		}
	});
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { SugarCubePlayer } from '#tests/support/sugarcube-player.ts';
import type { Scenario } from '../model.ts';
import { choose, start, tellAsIs, tellGently, type Run } from '../run.ts';
import { escapeText, readString, writeString } from './sugarcube.ts';
import { writeTwee } from './twee-export.ts';
import { readPassages } from './twee-passages.ts';

const twee = writeTwee(soundScenario(), 'en', { rejection: 'being turned away' });
const { passages } = readPassages(twee);
const textOf = (name: string) => passages.find((passage) => passage.name === name)?.text ?? '';

describe('a story for Twine', () => {
	test('has a title, a number that is always its own, a format and a beginning', () => {
		expect(textOf('StoryTitle')).toBe('At the bus stop');
		const data = JSON.parse(textOf('StoryData')) as Record<string, string>;
		expect(data).toMatchObject({ format: 'SugarCube', start: 'Start' });
		expect(data['ifid']).toMatch(
			/^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/
		);
		expect(twee).toBe(writeTwee(soundScenario(), 'en', { rejection: 'being turned away' }));
		const other = readPassages(writeTwee({ ...soundScenario(), id: 'tram-stop' }, 'en')).passages;
		expect(other[1]?.text).not.toContain(data['ifid']);
	});

	test('tells in its tags what Twine does not show: kinds, outcomes, endings, flags', () => {
		const tags = new Map(passages.map(({ name, tags }) => [name, tags]));
		expect(tags.get('stop/answer')).toEqual(['consequence', 'good', 'TI-S3']);
		expect(tags.get('refused')).toEqual(['flagged', 'theme-rejection']);
		expect(tags.get('taxi')).toEqual(['ending', 'ending-repaired']);
	});

	test('names the theme before a flagged scene and offers both ways of telling it', () => {
		expect(textOf('refused')).toContain('What comes next is about being turned away.');
		expect(textOf('refused')).toContain('[[Tell it more gently.|refused-told]]');
		expect(textOf('refused/:as-is')).toContain('The driver shakes his head and drives off.');
	});

	test('leads every link to a passage that is there', () => {
		const names = new Set(passages.map(({ name }) => name));
		for (const { name, text } of passages) {
			for (const [, target = ''] of text.matchAll(/\[\[.*?\|([^|\]]*)\]\]/gu)) {
				expect(names, `link in ${name}`).toContain(target);
			}
		}
	});

	test('puts no passage of the map upon another', () => {
		fc.assert(
			fc.property(randomScenario, (scenario) => {
				const places = [...writeTwee(scenario, 'da').matchAll(/"position":"([^"]*)"/gu)];
				expect(new Set(places.map(([, place]) => place)).size).toBe(places.length);
			}),
			{ numRuns: 20 }
		);
	});

	test('plays as it does here: the same scenes, choices and gauges on every way', () => {
		fc.assert(
			fc.property(randomScenario, fc.array(fc.nat(5), { maxLength: 12 }), (scenario, picks) => {
				const player = new SugarCubePlayer(writeTwee(scenario, 'da'));
				let run: Run = start(scenario);
				player.go(scenario.start);
				expectSame(player, run, scenario);
				for (const pick of picks) {
					const move = run.offered[pick % run.offered.length];
					if (move === undefined) break;
					const taken = choose(run, move);
					player.go(targetOf(player, run, move));
					if (!run.telling) player.go(player.links.at(-1)?.target ?? '');
					run = taken.run;
					expectSame(player, run, scenario);
				}
			}),
			{ numRuns: 100 }
		);
	});
});

function targetOf(player: SugarCubePlayer, { scene, telling }: Run, move: string): string {
	const target = telling && move === tellGently ? telling.alternative : `${scene}/${move}`;
	expect(player.links.map((link) => link.target)).toContain(target);
	return target;
}

function expectSame(player: SugarCubePlayer, run: Run, scenario: Scenario): void {
	const isTold = !run.telling && scenario.scenes[run.scene]?.flag !== undefined;
	expect(player.passage).toBe(isTold ? `${run.scene}/${tellAsIs}` : run.scene);
	expect(player.gauges).toEqual(run.gauges);
	if (run.telling || run.ending) return;
	expect(player.links.map(({ target }) => target)).toEqual(
		run.offered.map((choice) => `${run.scene}/${choice}`)
	);
}

describe('a text in SugarCube', () => {
	/** What SugarCube 2 takes for markup wherever it stands, and at the beginning of a line. */
	const anywhere =
		/<|\[|\]|\{|\}|\$|\\|''|\/\/|__|\^\^|~~|==|@@|--|"""|\/[*%]|\?[A-Za-z]|(?:https?|mailto|data|file):\S|&(?!#\d+;)/u;
	const atLineStart = /^[>!*#|]/mu;
	const signs = [
		...'\'/"_^~=@-[]{}<>|!*#:;&$\\?%. \n',
		'a',
		'Bo',
		'https:',
		'data:x',
		'::',
		'<<if'
	];

	test('holds nothing that would be taken for markup, and shows every sign', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...signs), { maxLength: 12 }), (parts) => {
				const escaped = escapeText(parts.join(''));
				expect(escaped).not.toMatch(anywhere);
				expect(escaped).not.toMatch(atLineStart);
				const shown = escaped.replaceAll(/&#(\d+);/gu, (_, code) =>
					String.fromCodePoint(Number(code))
				);
				expect(shown).toBe(parts.join(''));
			}),
			{ numRuns: 2_000 }
		);
	});

	test('stays readable for an author where nothing could be misread', () => {
		const text = '»Øjeblik,« siger du. Klokken er 21:40 – og det er nu, ikke? "Ja," siger Bo.';
		expect(escapeText(text)).toBe(text);
	});

	test('as a string comes back as it was', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(readString(writeString(text))).toBe(text);
				expect(writeString(text)).not.toMatch(/[[\]|<>\n]/u);
			})
		);
	});
});

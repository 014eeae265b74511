import { describe, expect, test } from 'vitest';
import type { Problem } from '#lib/content/problem.ts';
import {
	breakText,
	lineOf,
	soundFile,
	soundScenario,
	soundText,
	vocabulary
} from '#tests/support/sound-scenario.ts';
import { checkModel, checkScenario } from './check.ts';
import { replay } from './run.ts';

function check(text: string): Problem[] {
	return checkScenario(text, soundFile, vocabulary).problems;
}

function find(problems: readonly Problem[], code: string): Problem {
	const found = problems.find((problem) => problem.code === code);
	if (!found) {
		const codes = problems.map((problem) => problem.code).join(', ') || 'nothing';
		throw new Error(`"${code}" was not found, but ${codes}`);
	}
	return found;
}

/** Words that make a text of about as many words, short and easy. */
function many(words: number, word = 'ja'): string {
	return Array.from({ length: words }, () => word).join(' ');
}

const guard = (when: string) => `kind: good\n        when: ${when}\n        effect: { alarm: -4 }`;

test('a sound scenario has no problems', () => {
	const { scenario, problems } = checkScenario(soundText, soundFile, vocabulary);
	expect(problems).toEqual([]);
	expect(scenario).toEqual(soundScenario());
});

/** What is broken, the passage and what takes its place; the code, where it is told, and what is said. */
type Case = [
	title: string,
	passage: string,
	instead: string,
	code: string,
	line: string,
	path: string,
	says: string
];

function checkCase(
	[, passage, instead, code, line, path, says]: Case,
	severity: Problem['severity']
): void {
	const text = breakText(passage, instead);
	const problem = find(check(text), code);
	expect(problem).toMatchObject({ severity, file: soundFile, path });
	expect(problem.line).toBe(lineOf(text, line));
	expect(problem.message.en).toContain(says);
	expect(problem.message.da).not.toBe('');
	expect(problem.message.da).not.toBe(problem.message.en);
}

describe('an error is told with its code, line and remedy:', () => {
	const cases: Case[] = [
		[
			'what is not YAML',
			'start: stop',
			'start: [stop',
			'not-yaml',
			'scenes:',
			'',
			'this is not YAML'
		],
		[
			'an unknown key',
			'start: stop',
			'starts: stop',
			'unknown-key',
			'starts: stop',
			'starts',
			'did you mean "start"?'
		],
		[
			'a missing key',
			'setting: shelter\n',
			'',
			'missing-key',
			'format: 1',
			'setting',
			'"setting" is missing'
		],
		[
			'a duplicate key',
			'minutes: 3',
			'minutes: 3\nminutes: 4',
			'duplicate-key',
			'minutes: 4',
			'minutes',
			'stands here twice'
		],
		[
			'an id that is not kebab-case',
			'id: bus-stop',
			'id: Bus_Stop',
			'id-not-kebab-case',
			'id: Bus_Stop',
			'id',
			'small letters'
		],
		[
			'an id that is not the name of the file',
			'id: bus-stop',
			'id: tram-stop',
			'id-not-file-name',
			'id: tram-stop',
			'id',
			'"tram-stop" but the file is named "bus-stop"'
		],
		[
			'a scene whose name is not kebab-case',
			'  taxi:\n',
			'  Taxi:\n',
			'id-not-kebab-case',
			'  Taxi:',
			'scenes.Taxi',
			'beginning with a letter'
		],
		[
			'a target that is misspelt',
			'to: taxi',
			'to: taxxi',
			'unknown-target',
			'to: taxxi',
			'scenes.refused.choices.stay.to',
			'there is no scene "taxxi"; did you mean "taxi"?'
		],
		[
			'a target like nothing there is',
			'to: taxi',
			'to: somewhere-else',
			'unknown-target',
			'to: somewhere-else',
			'scenes.refused.choices.stay.to',
			'there is no scene "somewhere-else"'
		],
		[
			'a start that is no scene',
			'start: stop',
			'start: stp',
			'unknown-target',
			'start: stp',
			'start',
			'did you mean "stop"?'
		],
		[
			'an automatic transition to no scene',
			'to: overwhelmed',
			'to: overwelmed',
			'unknown-target',
			'to: overwelmed',
			'scenes.refused.auto.0.to',
			'did you mean "overwhelmed"?'
		],
		[
			'an alternative that is no scene',
			'alternative: refused-told',
			'alternative: refused-tld',
			'unknown-target',
			'alternative: refused-tld',
			'scenes.refused.flag.alternative',
			'did you mean "refused-told"?'
		],
		[
			'a target named like something every object has',
			'to: taxi',
			'to: constructor',
			'unknown-target',
			'to: constructor',
			'scenes.refused.choices.stay.to',
			'there is no scene "constructor"'
		],
		[
			'an unknown person',
			'who: bo',
			'who: boo',
			'unknown-person',
			'who: boo',
			'scenes.stop.says.who',
			'there is no person "boo"; did you mean "bo"?'
		],
		[
			'an unknown outcome of the scenario',
			'outcomes: [TI-S3, TI-S5]',
			'outcomes: [TI-S3, TI-S5, TI-S9]',
			'unknown-outcome',
			'outcomes: [TI-S3, TI-S5, TI-S9]',
			'outcomes.2',
			'the framework has no outcome "TI-S9"'
		],
		[
			'an unknown outcome of a choice',
			'outcomes: [TI-S5]',
			'outcomes: [TI-S5, TX-S5]',
			'unknown-outcome',
			'outcomes: [TI-S5, TX-S5]',
			'scenes.refused.choices.stay.outcomes.1',
			'the framework has no outcome "TX-S5"'
		],
		[
			'an unknown setting',
			'setting: shelter',
			'setting: sheltr',
			'unknown-setting',
			'setting: sheltr',
			'setting',
			'did you mean "shelter"?'
		],
		[
			'an unknown theme',
			'theme: rejection',
			'theme: rejecton',
			'unknown-theme',
			'theme: rejecton',
			'scenes.refused.flag.theme',
			'did you mean "rejection"?'
		],
		[
			'an unknown gauge in an effect',
			'effect: { alarm: +2 }',
			'effect: { alrm: +2 }',
			'unknown-gauge',
			'effect: { alrm: +2 }',
			'scenes.refused-told.choices.leave.effect.alrm',
			'there is no gauge "alrm"; did you mean "alarm"?'
		],
		[
			'an unknown gauge in a guard',
			'trust: { min: 1 } }',
			'trst: { min: 1 } }',
			'unknown-gauge',
			'when: { alarm: { max: 8 }, trst',
			'scenes.stop.choices.offer-tea.when.trst',
			'did you mean "trust"?'
		],
		[
			'an unknown gauge in an automatic transition',
			'when: { alarm: { min: 9 } }',
			'when: { alrm: { min: 9 } }',
			'unknown-gauge',
			'- when: { alrm',
			'scenes.refused.auto.0.when.alrm',
			'did you mean "alarm"?'
		],
		[
			'an unknown audience',
			'audience: [basic, practice]',
			'audience: [basic, practise]',
			'unknown-audience',
			'audience: [basic, practise]',
			'audience.1',
			'did you mean "practice"?'
		],
		[
			'an unknown term in Markdown',
			'da: Bo nikker.',
			"da: 'Bo kender sin :term[udløser]{triger}.'",
			'unknown-term',
			"da: 'Bo kender",
			'scenes.stop.choices.answer.consequence.da',
			'did you mean "trigger"?'
		],
		[
			'an unknown term in what is said',
			'da: Kommer der en til?',
			"da: 'Min :term[udløser]{triger}.'",
			'unknown-term',
			"da: 'Min :term",
			'scenes.stop.says.da',
			'did you mean "trigger"?'
		],
		[
			'a term where there is no Markdown',
			'da: Kommer der en til?',
			"da: 'Min :term[udløser]{trigger}.'",
			'term-in-plain-text',
			"da: 'Min :term",
			'scenes.stop.says.da',
			'is shown here as it stands'
		],
		[
			'an unknown kind of choice',
			'kind: okay',
			'kind: okey',
			'unknown-value',
			'kind: okey',
			'scenes.stop.choices.offer-tea.kind',
			'did you mean "okay"?'
		],
		[
			'words that do not ascend',
			'{ upTo: 7, da: anspændt',
			'{ upTo: 3, da: anspændt',
			'words-not-ascending',
			'    words: [{ upTo: 3',
			'gauges.alarm.words.1.upTo',
			'3 comes after 3'
		],
		[
			'words that do not reach the end',
			'{ upTo: 10, da: i alarm',
			'{ upTo: 9, da: i alarm',
			'words-not-to-max',
			'    words: [{ upTo: 3',
			'gauges.alarm.words.2.upTo',
			'the words end at 9 but the gauge runs to 10'
		],
		[
			'bounds the wrong way round',
			'min: 0\n    max: 4',
			'min: 4\n    max: 0',
			'bounds-reversed',
			'min: 4',
			'gauges.trust.min',
			'the lower one must be the smaller'
		],
		[
			'a start out of bounds',
			'start: 2',
			'start: 5',
			'start-out-of-bounds',
			'start: 5',
			'gauges.trust.start',
			'starts at 5 but runs from 0 to 4'
		],
		[
			'an effect out of bounds',
			'effect: { alarm: -4 }',
			'effect: { alarm: -11 }',
			'effect-out-of-bounds',
			'effect: { alarm: -11 }',
			'scenes.overwhelmed.choices.breathe.effect.alarm',
			'-11 is more than the gauge "alarm" can move (10)'
		],
		[
			'a gauge that is not a whole number',
			'start: 2',
			'start: 2.5',
			'not-a-whole-number',
			'start: 2.5',
			'gauges.trust.start',
			'a whole number'
		],
		[
			'a story without an alarm',
			'  alarm:\n    start: 4',
			'  alert:\n    start: 4',
			'missing-gauge',
			'gauges:',
			'gauges',
			'"alarm" is missing'
		],
		[
			'a missing language',
			'      en: Bo looks at the board. The bus has left.\n',
			'',
			'missing-language',
			'    text:\n      da: Bo ser på tavlen',
			'scenes.stop.text.en',
			'the English text is missing'
		],
		[
			'an empty text',
			'da: Bo ser på tavlen. Bussen er kørt.',
			"da: ' '",
			'empty-text',
			"da: ' '",
			'scenes.stop.text.da',
			'there is no text here'
		],
		[
			'a sentence cut by a comma',
			'        text:\n          da: Du trækker på skuldrene.\n          en: You shrug.',
			'        text: { da: Du trækker, ikke mere, en: You shrug. }',
			'unknown-key',
			'text: { da: Du trækker',
			'scenes.stop.choices.shrug.text.ikke mere',
			'a comma cut this sentence: quote it'
		],
		[
			'a choice without consequence',
			'        consequence:\n          da: Bo nikker.\n          en: Bo nods.\n',
			'',
			'missing-key',
			'      answer:',
			'scenes.stop.choices.answer.consequence',
			'"consequence" is missing'
		],
		[
			'a choice without a reason',
			'        why:\n          da: Han får intet at vide.\n          en: He is told nothing.\n',
			'',
			'missing-key',
			'      shrug:',
			'scenes.stop.choices.shrug.why',
			'"why" is missing'
		],
		[
			'an ending without a takeaway',
			'    takeaway:\n      da: Bliv, og sig det, som det er.\n      en: Stay, and say it as it is.\n',
			'',
			'missing-key',
			'  taxi:',
			'scenes.taxi.takeaway',
			'"takeaway" is missing'
		],
		[
			'no content note',
			'contentNote:\n  da: Handler om en mand, der bliver afvist. Intet af det vises.\n  en: About a man who is turned away. None of it is shown.\n',
			'',
			'missing-key',
			'format: 1',
			'contentNote',
			'"contentNote" is missing'
		],
		[
			'no text version',
			soundText.slice(soundText.indexOf('textVersion:'), soundText.indexOf('authors:')),
			'',
			'missing-key',
			'format: 1',
			'textVersion',
			'"textVersion" is missing'
		],
		[
			'a title that is too long',
			'en: At the bus stop',
			`en: ${many(61, 'a').replaceAll(' ', '')}`,
			'too-long',
			'  en: aaaa',
			'title.en',
			'the text has 61 characters; at most 60'
		],
		[
			'a content note that is too long',
			'en: About a man who is turned away. None of it is shown.',
			`en: ${many(201, 'a').replaceAll(' ', '')}`,
			'too-long',
			'  en: aaaa',
			'contentNote.en',
			'at most 200'
		],
		...(
			[
				['a scene', 'en: The driver shakes his head and drives off.', 90, 'scenes.refused.text'],
				['speech', 'en: Is there another one?', 40, 'scenes.stop.says'],
				['a choice', 'en: You shrug.', 25, 'scenes.stop.choices.shrug.text'],
				['a consequence', 'en: Bo nods.', 60, 'scenes.stop.choices.answer.consequence'],
				['a reason', 'en: He is told nothing.', 45, 'scenes.stop.choices.shrug.why'],
				['a takeaway', 'en: Stay, and say it as it is.', 45, 'scenes.taxi.takeaway']
			] as const
		).map(([title, passage, most, path]): Case => [
			`${title} of too many words`,
			passage,
			`en: ${many(most + 1)}`,
			'too-long',
			'en: ja ja',
			`${path}.en`,
			`the text has ${most + 1} words; at most ${most}`
		]),
		[
			'Danish that is hard to read',
			'da: Bo ser på tavlen. Bussen er kørt.',
			`da: ${many(30, 'omstændighederne')}`,
			'lix-too-high',
			'  stop:',
			'scenes.stop',
			'at most 34'
		],
		[
			'a text version that is hard to read',
			'    Bo venter på bussen. Den er kørt.',
			`    ${many(40, 'omstændighederne')}.`,
			'lix-too-high',
			'  da: |\n    omst',
			'textVersion.da',
			'at most 34'
		],
		[
			'an alternative that trains something else',
			'outcomes: [TI-S5]\n        consequence:\n          da: I venter',
			'outcomes: [TI-S3]\n        consequence:\n          da: I venter',
			'unsound-alternative',
			'      alternative: refused-told',
			'scenes.refused.flag.alternative',
			'"refused-told" does not train TI-S5'
		],
		[
			'an alternative that trains more',
			'outcomes: [TI-S5]\n        consequence:\n          da: I venter',
			'outcomes: [TI-S5, TI-K6]\n        consequence:\n          da: I venter',
			'unsound-alternative',
			'      alternative: refused-told',
			'scenes.refused.flag.alternative',
			'trains TI-K6, which the scene itself does not'
		],
		[
			'an alternative that does not rejoin',
			'en: He is alone again.\n        to: overwhelmed',
			'en: He is alone again.\n        to: stop',
			'unsound-alternative',
			'      alternative: refused-told',
			'scenes.refused.flag.alternative',
			'leads to stop, where the scene itself does not lead'
		],
		[
			'an alternative that ends the story instead',
			'alternative: refused-told',
			'alternative: taxi',
			'unsound-alternative',
			'      alternative: taxi',
			'scenes.refused.flag.alternative',
			'must end the story in the same way'
		],
		[
			'a scene that is its own alternative',
			'alternative: refused-told',
			'alternative: refused',
			'unsound-alternative',
			'      alternative: refused',
			'scenes.refused.flag.alternative',
			'its own alternative'
		],
		[
			'an alternative that is flagged itself',
			'en: Bo did not get on the bus.\n',
			'en: Bo did not get on the bus.\n    flag: { theme: rejection, alternative: overwhelmed }\n',
			'unsound-alternative',
			'      alternative: refused-told',
			'scenes.refused.flag.alternative',
			'is flagged itself'
		],
		[
			'a flag without an alternative',
			'      alternative: refused-told\n',
			'',
			'missing-key',
			'    flag:',
			'scenes.refused.flag.alternative',
			'"alternative" is missing'
		],
		[
			'an alternative that is entered directly',
			'en: Now he knows what happens.\n        to: refused',
			'en: Now he knows what happens.\n        to: refused-told',
			'alternative-entered-directly',
			'to: refused-told',
			'scenes.stop.choices.answer.to',
			'entered only by choosing it'
		],
		[
			'a theme that must be flagged and is not',
			'da: Bo hører dig ikke mere.',
			'da: Bo taler om selvmord.',
			'theme-not-flagged',
			'  overwhelmed:\n    text',
			'scenes.overwhelmed',
			'this says "selvmord"; the theme "suicide" must be flagged'
		]
	];
	test.each(cases)('%s', (...broken) => checkCase(broken, 'error'));
});

describe('a fault that depends on earlier choices is told with the shortest way to it:', () => {
	test('a state in which nothing can be chosen', () => {
		const text = breakText(
			guard('{}').replace('\n        when: {}', ''),
			guard('{ alarm: { max: 8 } }')
		).replace(
			'kind: harmful\n        effect: { alarm: +2 }\n        consequence:\n          da: Bo holder',
			'kind: harmful\n        when: { alarm: { max: 8 } }\n        effect: { alarm: +2 }\n        consequence:\n          da: Bo holder'
		);
		const problem = find(check(text), 'nothing-to-choose');
		expect(problem).toMatchObject({
			path: 'scenes.overwhelmed.choices',
			way: ['shrug', ':as-is', 'scold']
		});
		expect(problem.line).toBe(lineOf(text, '    choices:\n      breathe'));
		expect(problem.message.en).toMatch(/^shrug → :as-is → scold: here nothing can be chosen/u);
		expect(problem.message.da).toMatch(/^shrug → :as-is → scold: her kan intet vælges/u);
	});

	test('a state from which no ending can be reached', () => {
		const text = breakText(
			'en: He is given room.\n        to: taxi',
			'en: He is given room.\n        to: overwhelmed'
		);
		const problems = check(text);
		expect(find(problems, 'no-way-to-ending')).toMatchObject({
			path: 'scenes.overwhelmed',
			line: lineOf(text, '  overwhelmed:\n    text'),
			way: ['answer', ':as-is', 'scold']
		});
		expect(problems).toHaveLength(1);
	});

	test('a ring of automatic transitions', () => {
		const text = breakText(
			'en: Bo does not hear you any more.\n',
			'en: Bo does not hear you any more.\n    auto: [{ when: { alarm: { min: 10 } }, to: refused }]\n'
		);
		const problem = find(check(text), 'auto-loop');
		expect(problem.way).toEqual(['shrug', ':as-is', 'scold']);
		expect(problem.message.en).toContain('overwhelmed → refused → overwhelmed');
		expect(problem.line).toBe(lineOf(text, '    auto: [{ when: { alarm: { min: 10 }'));
	});

	test('a ring at the very start', () => {
		const text = breakText(
			'en: Is there another one?\n',
			'en: Hm?\n    auto: [{ when: {}, to: stop }]\n'
		);
		const problem = find(check(text), 'auto-loop');
		expect(problem.way).toEqual([]);
		expect(problem.message.en).toMatch(/^at the start: here the automatic/u);
	});

	test('a harmful choice that ends the story at once', () => {
		const text = breakText(
			'en: It is not his fault.\n        to: overwhelmed',
			'en: It is not his fault.\n        to: taxi'
		);
		expect(find(check(text), 'harmful-choice-ends')).toMatchObject({
			path: 'scenes.refused.choices.scold.to',
			line: lineOf(text, 'to: taxi\n    facilitator'),
			way: ['answer', ':as-is', 'scold'],
			message: { en: expect.stringContaining('a harmful choice ends the story at once') }
		});
	});

	test('a harmful choice that ends the story by an automatic transition', () => {
		const text = breakText(
			'en: Bo does not hear you any more.\n',
			'en: Bo does not hear you any more.\n    auto: [{ when: { alarm: { min: 8 } }, to: taxi }]\n'
		);
		expect(find(check(text), 'harmful-choice-ends').way).toEqual(['shrug', ':as-is', 'scold']);
	});

	test('and that way can be gone', () => {
		const text = breakText(
			'en: It is not his fault.\n        to: overwhelmed',
			'en: It is not his fault.\n        to: taxi'
		);
		const { scenario, problems } = checkScenario(text, soundFile, vocabulary);
		const { way } = find(problems, 'harmful-choice-ends');
		expect(scenario && replay(scenario, way ?? [])).toMatchObject({
			fits: true,
			run: { scene: 'taxi' }
		});
	});
});

describe('what can never happen is told:', () => {
	test('a scene that is never reached', () => {
		const text = breakText(
			'scenes:\n',
			'scenes:\n  lost:\n    ending: calm\n    text: { da: Ro., en: Calm. }\n    takeaway: { da: Ro., en: Calm. }\n'
		);
		expect(find(check(text), 'never-reached')).toMatchObject({
			path: 'scenes.lost',
			line: lineOf(text, '  lost:'),
			message: { en: 'the scene "lost" is never reached; let something lead to it, or remove it' }
		});
	});

	test('a choice that is never offered', () => {
		const text = breakText('trust: { min: 1 } }', 'trust: { min: 5 } }');
		expect(find(check(text), 'never-offered')).toMatchObject({
			path: 'scenes.stop.choices.offer-tea',
			line: lineOf(text, '      offer-tea:'),
			message: { en: expect.stringContaining('"offer-tea" is never offered') }
		});
	});

	test('an alternative is reached by choosing it', () => {
		expect(check(soundText)).toEqual([]);
	});
});

test('more states than can be walked through are told, and nothing is claimed about the rest', () => {
	const gauges = ['b', 'c', 'd'].map(
		(name) =>
			`  ${name}:\n    start: 0\n    min: 0\n    max: 99\n    words: [{ upTo: 99, da: x, en: x }]\n`
	);
	const text = breakText('start: stop\n', `${gauges.join('')}start: stop\n`)
		.replace('kind: okay\n', 'kind: okay\n        effect: { b: +1 }\n')
		.replace('effect: { alarm: +2 }', 'effect: { alarm: +2, c: +1 }')
		.replace('effect: { alarm: -4 }', 'effect: { alarm: -4, d: +1 }')
		.replace('en: He is given room.\n        to: taxi', 'en: He is given room.\n        to: stop');
	const problems = check(text);
	expect(problems.map(({ code }) => code)).toEqual(['too-large']);
	expect(problems[0]?.message.en).toContain('more than 200000 states');
	expect(problems[0]?.line).toBe(lineOf(text, 'gauges:'));
});

describe('a warning is told with its code and line:', () => {
	const cases: Case[] = [
		[
			'a decision without a good choice',
			'kind: good\n        effect: { alarm: -4 }',
			'kind: okay\n        effect: { alarm: -4 }',
			'no-good-choice',
			'    choices:\n      breathe',
			'scenes.overwhelmed.choices',
			'none of these choices is good'
		],
		[
			'a decision without a harmful choice',
			'kind: harmful\n        effect: { alarm: +3, trust: -1 }',
			'kind: okay\n        effect: { alarm: +3, trust: -1 }',
			'no-harmful-choice',
			'    choices:\n      answer',
			'scenes.stop.choices',
			'none of these choices is harmful'
		],
		[
			'an outcome that no choice trains',
			'outcomes: [TI-S3, TI-S5]',
			'outcomes: [TI-S3, TI-S5, TS-S3]',
			'outcome-not-trained',
			'outcomes: [TI-S3, TI-S5, TS-S3]',
			'outcomes.2',
			'TS-S3 is named but no choice trains it'
		],
		[
			'a gauge that nothing changes',
			'start: stop\n',
			'  hope:\n    start: 1\n    min: 0\n    max: 2\n    words: [{ upTo: 2, da: håb, en: hope }]\nstart: stop\n',
			'gauge-never-changes',
			'  hope:',
			'gauges.hope',
			'no choice changes the gauge "hope"'
		]
	];
	test.each(cases)('%s', (...broken) => checkCase(broken, 'warning'));

	test('more than four choices', () => {
		const choice = soundText.slice(
			soundText.indexOf('      offer-tea:'),
			soundText.indexOf('  refused:')
		);
		const text = breakText(
			choice,
			[1, 2, 3].map((n) => choice.replace('offer-tea', `tea-${n}`)).join('')
		);
		expect(find(check(text), 'too-many-choices')).toMatchObject({
			severity: 'warning',
			line: lineOf(text, '    choices:'),
			message: { en: expect.stringContaining('5 choices') }
		});
	});

	test('a kind of ending used twice while others fit none', () => {
		const ending = soundText.slice(soundText.indexOf('  taxi:'));
		const text = `${soundText.replace('en: He is given room.\n        to: taxi', 'en: He is given room.\n        to: cab')}${ending.replace('taxi', 'cab')}`;
		expect(check(text)).toMatchObject([
			{
				code: 'ending-kind-repeated',
				severity: 'warning',
				path: 'scenes.cab.ending',
				message: {
					da: expect.stringMatching(
						/^To slutninger fortæller, at noget gik galt og blev rettet op, og ingen, at der er/
					),
					en: expect.stringMatching(
						/^two endings tell that something went wrong and was put right, and none that/
					)
				}
			}
		]);
	});
});

describe('the check', () => {
	test('tells all problems at once, in the order of lines, also where the shape is broken', () => {
		const text = breakText('setting: shelter', 'setting: sheltr')
			.replace('who: bo', 'who: boo')
			.replace('          en: Bo nods.\n', '')
			.replace('trust: { min: 1 } }', 'trust: { min: 5 } }')
			.replace('to: taxi', 'to: taxxi');
		const { scenario, problems } = checkScenario(text, soundFile, vocabulary);
		expect(scenario).toBeNull();
		expect(problems.map(({ code }) => code)).toEqual([
			'unknown-setting',
			'unknown-person',
			'missing-language',
			'never-offered',
			'unknown-target'
		]);
	});

	test('takes a misspelt name as one slip, not as many', () => {
		for (const [passage, instead] of [
			['to: taxi', 'to: taxxi'],
			['start: stop', 'start: stpo'],
			['kind: harmful', 'kind: harmfull'],
			['alternative: refused-told', 'alternative: refused-tol']
		] as const) {
			expect(check(breakText(passage, instead))).toHaveLength(1);
		}
	});

	test('gives the scenario wherever the shape is right', () => {
		const { scenario } = checkScenario(breakText('to: taxi', 'to: taxxi'), soundFile, vocabulary);
		expect(scenario?.id).toBe('bus-stop');
	});

	test('says nothing more about a file that holds no scenes', () => {
		expect(check('just words')).toMatchObject([{ code: 'wrong-type', line: 1 }]);
		expect(check('')).toHaveLength(1);
	});

	test('allows more to those who are not beginners', () => {
		const hard = many(10, 'Vi laver vigtige aftaler sammen her.');
		const text = breakText('    Bo venter på bussen. Den er kørt.', `    ${hard}`);
		expect(check(text)).toMatchObject([{ code: 'lix-too-high', path: 'textVersion.da' }]);
		expect(check(text.replace('[basic, practice]', '[practice]'))).toEqual([]);
	});

	test('counts a word that is taught as a short one', () => {
		const hard = many(20, 'Traumebevidst ro.');
		const text = breakText('    Bo venter på bussen. Den er kørt.', `    ${hard}`);
		expect(check(text)).toEqual([]);
		const untaught = { ...vocabulary, taught: new Set<string>() };
		const { problems } = checkScenario(text, soundFile, untaught);
		expect(problems).toMatchObject([{ code: 'lix-too-high' }]);
	});

	test('lets a flagged scene and its alternative name a theme that must be flagged', () => {
		const text = breakText('theme: rejection', 'theme: suicide')
			.replace('da: Chaufføren ryster på hovedet og kører.', 'da: Bo taler om selvmord.')
			.replace('da: Bo kom ikke med bussen.', 'da: Bo taler om selvmord, kort.');
		expect(check(text)).toEqual([]);
	});

	test('works on a scenario that has no text', () => {
		expect(checkModel(soundScenario(), vocabulary)).toEqual({
			scenario: soundScenario(),
			problems: []
		});
		const empty = { ...soundScenario(), title: { da: '', en: 'x' } };
		expect(checkModel(empty, vocabulary)).toMatchObject({
			scenario: null,
			problems: [{ code: 'empty-text', path: 'title.da', line: 1, file: 'bus-stop.yaml' }]
		});
	});
});

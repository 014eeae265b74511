import { describe, expect, test } from 'vitest';
import { enoughEnglish, enoughWords, makeTree } from '#tests/courses/small-tree.ts';
import { checkTree, type ScenarioKnowledge } from './check-tree.ts';
import { formatProblem } from './problem.ts';

type Changes = Parameters<typeof makeTree>[0];

function check(changes: Changes, scenarios?: ScenarioKnowledge): string[] {
	return checkTree([makeTree(changes)], scenarios).problems.map(formatProblem);
}

const moduleAt = 'basic/01-first/module.yaml';
const lessonAt = 'basic/01-first/calm.da.md';
const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

test('a sound tree has no problems', () => {
	expect(check({})).toEqual([]);
});

/** More steps before the landing, with the minutes that they take. */
function inMinutes(minutes: number, steps: string): (text: string) => string {
	return (text) =>
		text.replace('minutes: 3', `minutes: ${minutes}`).replace('  - landing', `${steps}  - landing`);
}

/** A step that asks for an order of texts. */
function orderOf(...texts: string[]): string {
	const items = texts.map(
		(text) => `      - { text: { da: ${text}, en: ${text} }, why: { da: X., en: X. } }\n`
	);
	return `  - check: order\n    question: { da: Hvad?, en: What? }\n    items:\n${items.join('')}`;
}

/** A step with a form of these fields. */
function taskOf(...fields: string[]): string {
	const list = fields.map((field) => `      - ${field}\n`).join('');
	return `  - task: house-rule\n    title: { da: Husets regel, en: A house rule }\n    fields:\n${list}`;
}

describe('an author of a course is told', () => {
	test.each<[string, Changes, string[]]>([
		[
			'of a level that is not there',
			{ 'basic/course.yaml': replace('level: informed', 'level: infomed') },
			[
				'courses/basic/course.yaml:3: error: unknown-level: level: there is no level "infomed"; did you mean "informed"?'
			]
		],
		[
			'of a course that is required and not there',
			{ 'basic/course.yaml': (text) => `${text}requires: [basics]\n` },
			[
				'courses/basic/course.yaml:6: error: unknown-course: requires.0: there is no course "basics"'
			]
		],
		[
			'of a path with a module that is not there',
			{ 'basic/course.yaml': (text) => `${text}paths:\n  short: [frist]\n` },
			[
				'courses/basic/course.yaml:7: error: unknown-module: paths.short.0: there is no module "frist"; did you mean "first"?'
			]
		],
		[
			'of a renewal without a refresher',
			{ 'basic/course.yaml': (text) => `${text}renew: { months: 6, by: refresher }\n` },
			[
				'courses/basic/course.yaml:6: error: missing-refresher: renew: the course is renewed by a refresher, but "refresher" is missing'
			]
		],
		[
			'of a course that is nothing but its refresher',
			{ 'basic/course.yaml': (text) => `${text}refresher: 01-first\n` },
			[
				'courses/basic/course.yaml:1: error: no-modules: modules: the course has no modules besides its refresher'
			]
		],
		[
			'of a course without modules',
			{
				'own/course.yaml':
					'title: { da: a, en: a }\nsummary: { da: a, en: a }\nlevel: informed\nroles: [staff]\ndueDays: 1\n'
			},
			[
				'courses/own/course.yaml:1: error: no-modules: -: the course has no modules; make a folder such as 01-name with a module.yaml'
			]
		],
		[
			'of a folder without course.yaml',
			{ 'own/01-a/module.yaml': '' },
			['courses/own/course.yaml:1: error: missing-file: -: the file course.yaml is missing']
		],
		[
			'of a folder whose name has no number',
			{ 'basic/first/module.yaml': null, 'basic/second/text.da.md': 'Ro.' },
			[
				'courses/basic/second:1: error: bad-directory: -: the folder "second" must begin with two digits and a hyphen, followed by a name in kebab-case, such as 01-what-is-trauma',
				'courses/basic/second/module.yaml:1: error: missing-file: -: the file module.yaml is missing'
			]
		],
		[
			'of a file that nobody reads',
			{ 'basic/01-first/notes.md': 'x' },
			[
				'courses/basic/01-first/notes.md:1: warning: unknown-file: -: this file is not used; texts are named name.da.md and name.en.md'
			]
		]
	])('%s', (_, changes, expected) => {
		expect(check(changes)).toEqual(expected);
	});
});

describe('an author of a module is told', () => {
	test.each<[string, Changes, string[]]>([
		[
			'of an outcome that is not there',
			{ [moduleAt]: replace('[TI-K1]', '[TI-K1, TI-K2]') },
			[
				`courses/${moduleAt}:3: error: unknown-outcome: outcomes.1: there is no outcome "TI-K2"; did you mean "TI-K1"?`
			]
		],
		[
			'of a lesson that is not there',
			{ [moduleAt]: replace('lesson: calm', 'lesson: clam') },
			[
				`courses/${lessonAt}:1: warning: unused-lesson: -: no step of the module shows the text "calm"; did you mean "clam"?`,
				`courses/${moduleAt}:8: error: unknown-lesson: steps.0.lesson: there is no lesson "clam"; did you mean "calm"?`
			]
		],
		[
			'of a lesson that is there in one language only',
			{ 'basic/01-first/calm.en.md': null },
			[
				`courses/${moduleAt}:8: error: missing-language: steps.0.lesson: the file calm.en.md is missing`
			]
		],
		[
			'of a text in one language only',
			{ [moduleAt]: replace('{ da: Tænk., en: Think. }', '{ da: Tænk. }') },
			[
				`courses/${moduleAt}:17: error: missing-language: steps.2.reflection.en: the English text is missing; write it after "en:"`
			]
		],
		[
			'of a missing text version',
			{ 'basic/01-first/text.en.md': null },
			[
				`courses/${moduleAt}:1: error: no-text-version: -: the short text version is missing: text.en.md`
			]
		],
		[
			'of a missing content note',
			{ [moduleAt]: replace(/contentNote.*\n/u, '') },
			[
				`courses/${moduleAt}:1: error: missing-key: contentNote: the key "contentNote" is missing here; add it`
			]
		],
		[
			'of a module that does not land',
			{ [moduleAt]: replace(/ {2}- landing.*\n/u, '') },
			[
				`courses/${moduleAt}:7: error: no-landing: steps: the module does not end with a landing; write a last step "landing"`
			]
		],
		[
			'of a landing on the way',
			{
				[moduleAt]: replace(/^(?=illustration)/mu, '  - landing: { da: Hej., en: Hi. }\n')
			},
			[
				`courses/${moduleAt}:18: error: landing-not-last: steps.3: the landing is the last step of a module; move it to the end`
			]
		],
		[
			'of too few things to put in order, and of two that look the same',
			{ [moduleAt]: replace('  - landing', `${orderOf('A.', 'A.')}  - landing`) },
			[
				`courses/${moduleAt}:20: error: too-few-options: steps.3.items: there are only 2 here; write at least three`,
				`courses/${moduleAt}:22: error: duplicate-text: steps.3.items.1.text.da: "A." stands here for the second time; keep one`,
				`courses/${moduleAt}:22: error: duplicate-text: steps.3.items.1.text.en: "A." stands here for the second time; keep one`
			]
		],
		[
			'of pairs of which two have the same side',
			{
				[moduleAt]: replace(
					'  - landing',
					'  - check: match\n    question: { da: Hvad?, en: What? }\n    pairs:\n' +
						'      - { left: { da: A, en: A }, right: { da: X, en: X }, why: { da: A., en: A. } }\n' +
						'      - { left: { da: B, en: B }, right: { da: x, en: Z }, why: { da: B., en: B. } }\n' +
						'  - landing'
				)
			},
			[
				`courses/${moduleAt}:22: error: duplicate-text: steps.3.pairs.1.right.da: "x" stands here for the second time; keep one`
			]
		],
		[
			'of two fields of a task with one name or one label',
			{
				[moduleAt]: inMinutes(
					4,
					`${taskOf(
						'{ id: who, label: { da: Hvem?, en: Who? } }',
						'{ id: who, label: { da: Hvad?, en: What? } }',
						'{ id: when, kind: date, label: { da: hvad?, en: When? } }'
					)}`
				)
			},
			[
				`courses/${moduleAt}:22: error: duplicate-name: steps.3.fields.1.id: "who" stands here for the second time; keep one`,
				`courses/${moduleAt}:23: error: duplicate-text: steps.3.fields.2.label.da: "hvad?" stands here for the second time; keep one`
			]
		],
		[
			'of a field without a label',
			{ [moduleAt]: replace('  - landing', `${taskOf('{ id: who }')}  - landing`) },
			[
				`courses/${moduleAt}:21: error: missing-key: steps.3.fields.0.label: the key "label" is missing here; add it`
			]
		],
		[
			'of a second task of one name in a course',
			{
				[moduleAt]: inMinutes(
					5,
					`${taskOf('{ id: who, label: { da: Hvem?, en: Who? } }').repeat(2)}`
				)
			},
			[
				`courses/${moduleAt}:22: error: duplicate-task: steps.4.task: the course has a task named "house-rule" already; give this one another name`
			]
		],
		[
			'of a question without a right answer',
			{ [moduleAt]: replace(/ *right: true\n/u, '') },
			[
				`courses/${moduleAt}:11: error: no-right-option: steps.1.options: none of the options is right; write "right: true" at the right one`
			]
		],
		[
			'of two right answers where one can be given',
			{ [moduleAt]: replace('en: Haste }\n', 'en: Haste }\n        right: true\n') },
			[
				`courses/${moduleAt}:11: error: several-right-options: steps.1.options: 2 options are right, but only one can be chosen; write "check: several"`
			]
		],
		[
			'of an answer without a reason',
			{ [moduleAt]: replace(/ *why: \{ da: 'Det hjælper ikke.*\n/u, '') },
			[
				`courses/${moduleAt}:15: error: missing-key: steps.1.options.1.why: the key "why" is missing here; add it`
			]
		],
		[
			'of a thing in an order without a reason',
			{
				[moduleAt]: replace(
					'  - landing',
					`${orderOf('A.', 'B.', 'C.').replace(', why: { da: X., en: X. }', '')}  - landing`
				)
			},
			[
				`courses/${moduleAt}:21: error: missing-key: steps.3.items.0.why: the key "why" is missing here; add it`
			]
		],
		[
			'of a pair without a reason',
			{
				[moduleAt]: replace(
					'  - landing',
					'  - check: match\n    question: { da: Hvad?, en: What? }\n    pairs:\n' +
						'      - { left: { da: A, en: A }, right: { da: X, en: X }, why: { da: A., en: A. } }\n' +
						'      - { left: { da: B, en: B }, right: { da: Y, en: Y } }\n' +
						'  - landing'
				)
			},
			[
				`courses/${moduleAt}:22: error: missing-key: steps.3.pairs.1.why: the key "why" is missing here; add it`
			]
		],
		[
			'of a short text in which nothing stands',
			{ 'basic/01-first/text.da.md': '\n' },
			[
				'courses/basic/01-first/text.da.md:1: error: empty-text: -: there is no text here; write one'
			]
		],
		[
			'of a module that does not say how we know',
			{
				[moduleAt]: (text) =>
					text.replace(/sources:\n.*\n/u, '').replaceAll(' :source{vive-2022}', '')
			},
			[
				`courses/${moduleAt}:1: warning: no-sources: -: the module does not say how we know; write it under "sources"`
			]
		],
		[
			'of a source that no text shows',
			{ [moduleAt]: (text) => text.replaceAll(' :source{vive-2022}', '') },
			[
				`courses/${moduleAt}:6: warning: unused-source: sources.0: no text shows this source; write ":source{vive-2022}" after what we know from it`
			]
		],
		[
			'of two steps with one name',
			{ [moduleAt]: replace('- check: one', '- check: one\n    id: calm') },
			[
				`courses/${moduleAt}:9: error: duplicate-step: steps.1: two steps of this module are named "calm"; give one of them another id`
			]
		],
		[
			'of a scenario that is not there',
			{
				[moduleAt]: replace('  - reflection', '  - scenario: [at-the-dor]\n  - reflection'),
				'scenarios/at-the-door.yaml': 'x: 1'
			},
			[
				`courses/${moduleAt}:17: error: unknown-scenario: steps.2.scenario.0: there is no scenario "at-the-dor"; did you mean "at-the-door"?`
			]
		],
		[
			'of minutes that do not fit the texts',
			{ [moduleAt]: replace('minutes: 3', 'minutes: 9') },
			[
				`courses/${moduleAt}:2: error: wrong-minutes: minutes: 9 minutes are stated, but the module takes about 3.3; change the number or the texts`
			]
		],
		[
			'of Markdown in a short text that is none',
			{ [moduleAt]: replace('Det hjælper.', "'Det <b>hjælper</b>.'") },
			[
				`courses/${moduleAt}:14: error: raw-html: steps.1.options.0.why.da: HTML is not used in texts; write Markdown, or put \\ before the <`
			]
		],
		[
			'of a Danish word that is not used',
			{ [moduleAt]: replace('da: Tænk.', "da: 'Tænk på klientellet.'") },
			[
				`courses/${moduleAt}:17: error: avoided-word: steps.2.reflection.da: "klientellet" is a word we do not use; better: citizens`
			]
		]
	])('%s', (_, changes, expected) => {
		expect(check(changes)).toEqual(expected);
	});
});

describe('an author of a lesson is told', () => {
	const long = 'Medarbejderne undersøger sammenhængende forudsætninger løbende. ';
	test.each<[string, Changes, string[]]>([
		[
			'that it is hard to read',
			{ [lessonAt]: long.repeat(40) },
			[
				`courses/${lessonAt}:1: error: lix-too-high: -: the Danish text has LIX 105; at most 34: write shorter sentences and shorter words`
			]
		],
		[
			'that it is short',
			{ [lessonAt]: enoughWords.slice(14) },
			[
				`courses/${lessonAt}:1: warning: lesson-length: -: the text has 196 words; a screen has 200 to 400`
			]
		],
		[
			'that it is empty',
			{ 'basic/01-first/calm.en.md': '\n' },
			[
				'courses/basic/01-first/calm.en.md:1: error: empty-text: -: there is no text here; write one'
			]
		],
		[
			'of a term that the glossary does not have, in the line it stands on',
			{ [lessonAt]: (text) => `${text}\nEn :term[udløser]{triger}.\n` },
			[
				`courses/${lessonAt}:5: error: unknown-term: -: the glossary has no "triger"; did you mean "trigger"? (column 4)`
			]
		],
		[
			'of a source that the module does not name',
			{ [lessonAt]: (text) => `${text}\nNu. :source{vive-2023}\n` },
			[
				`courses/${lessonAt}:5: error: unknown-source: -: the module has no source "vive-2023"; did you mean "vive-2022"? (column 5)`
			]
		],
		[
			'of a Danish word that is not used',
			{ [lessonAt]: (text) => `${text}\nKlientellet.\n` },
			[
				`courses/${lessonAt}:5: error: avoided-word: -: "Klientellet" is a word we do not use; better: citizens`
			]
		],
		[
			'nothing about that word in an English text',
			{ 'basic/01-first/calm.en.md': `${enoughEnglish} Klientel.` },
			[]
		]
	])('%s', (_, changes, expected) => {
		expect(check(changes)).toEqual(expected);
	});

	test('that it is hard to read, only above 40 where the course is not for everybody', () => {
		const text = 'Medarbejderen går ud. '.repeat(80);
		const skilled = replace(
			'levels:\n',
			'levels:\n  - { slug: skilled, prefix: TS, title: { da: a, en: a } }\n'
		);
		const codes = (level: string) =>
			checkTree([
				makeTree({
					[lessonAt]: text,
					'framework.yaml': skilled,
					'basic/course.yaml': replace('informed', level)
				})
			]).problems.map(({ code }) => code);
		expect(codes('informed')).toEqual(['lix-too-high']);
		expect(codes('skilled')).toEqual([]);
		expect(checkTree([makeTree({ [lessonAt]: text })]).problems[0]?.message.da).toBe(
			'Lixtallet er 36,4; højst 34. Skriv kortere sætninger og kortere ord.'
		);
	});
});

describe('an author of the words at the top is told', () => {
	test.each<[string, Changes, string[]]>([
		[
			'of a file that is missing',
			{ 'themes.yaml': null },
			['courses/themes.yaml:1: error: missing-file: -: the file themes.yaml is missing']
		],
		[
			'of an outcome at a level that is not there',
			{ 'framework.yaml': replace('    level: informed', '    level: informd') },
			[
				'courses/framework.yaml:10: error: unknown-level: outcomes.0.level: there is no level "informd"; did you mean "informed"?'
			]
		],
		[
			'of an outcome that nobody teaches and nobody leaves out',
			{
				'framework.yaml': (text) =>
					`${text}  - { id: TI-S1, level: informed, area: realise, kind: skill, text: { da: a, en: a }, status: L }\n`
			},
			[
				'courses/framework.yaml:2: warning: outcomes-not-taught: levels.0: no module teaches TI-S1; make one, or name them under "uncovered"'
			]
		],
		[
			'of an outcome that is taught and named as left out',
			{
				'framework.yaml': (text) =>
					`${text}uncovered:\n  - { id: TI-K1, reason: { da: a, en: a } }\n`
			},
			[
				'courses/framework.yaml:16: warning: taught-but-left-out: uncovered.0: TI-K1 is named as left out, but a module teaches it'
			]
		],
		[
			'of a term that stands twice',
			{ 'settings.yaml': (text) => text + text.slice(text.indexOf('\n') + 1) },
			[
				'courses/settings.yaml:3: error: duplicate-name: settings.1: "shelter" stands here for the second time; keep one'
			]
		],
		[
			'of a contact shown together with one that is not there',
			{ 'contacts.yaml': (text) => `${text}    with: [alram]\n` },
			[
				'courses/contacts.yaml:8: error: unknown-contact: contacts.0.with.0: there is no contact "alram"; did you mean "alarm"?'
			]
		],
		[
			'of a number that is none',
			{ 'contacts.yaml': replace("'112'", 'ring') },
			[
				'courses/contacts.yaml:4: error: bad-number: contacts.0.number: write a telephone number with digits and blanks, in quotes'
			]
		],
		[
			'of a tool in a group that is not there',
			{ 'toolbox.yaml': replace('group: staff', 'group: staf') },
			[
				'courses/toolbox.yaml:5: error: unknown-group: tools.0.group: there is no group "staf"; did you mean "staff"?'
			]
		],
		[
			'of a tool named like a group, as both are places of one page',
			{ 'toolbox.yaml': replace('slug: proqol', 'slug: staff') },
			[
				'courses/toolbox.yaml:4: error: duplicate-name: tools.0: "staff" stands here for the second time; keep one'
			]
		],
		[
			'of a tool that nobody can find',
			{ 'toolbox.yaml': replace(/ {4}links:[^]*?(?= {4}source)/u, '') },
			[
				'courses/toolbox.yaml:4: error: no-way-there: tools.0: say under "links" or "works" where it is to be found'
			]
		],
		[
			'of a tool without a word on what awaits one at the link',
			{ 'toolbox.yaml': replace(/\n.*awaits.*/u, '') },
			[
				'courses/toolbox.yaml:13: error: missing-key: tools.0.links.0.awaits: the key "awaits" is missing here; add it'
			]
		],
		[
			'of a tool in one language only',
			{ 'toolbox.yaml': replace('{ da: Du selv., en: Yourself. }', '{ da: Du selv. }') },
			[
				'courses/toolbox.yaml:9: error: missing-language: tools.0.who.en: the English text is missing; write it after "en:"'
			]
		],
		[
			'of a link of a tool that is no address',
			{ 'toolbox.yaml': replace('https://proqol', 'http://proqol') },
			[
				'courses/toolbox.yaml:13: error: bad-link: tools.0.links.0.url: write an address that begins with https://, or a page of our own such as /help'
			]
		],
		[
			'of a link of a tool to a page that is not there',
			{ 'toolbox.yaml': replace('https://proqol.org/proqol-measure', '/learn/basic/frist') },
			[
				'courses/toolbox.yaml:13: error: unknown-page: tools.0.links.0.url: the platform has no page "/learn/basic/frist"; did you mean "/learn/basic/first"?'
			]
		],
		[
			'of a finding whose module is not there',
			{ 'evidence.yaml': replace('[basic/first]', '[basic/frist]') },
			[
				'courses/evidence.yaml:9: error: unknown-module: topics.0.findings.0.modules.0: there is no module "basic/frist"; did you mean "basic/first"?'
			]
		],
		[
			'of a finding without a source',
			{ 'evidence.yaml': replace(/\n.*source:.*/u, '') },
			[
				'courses/evidence.yaml:5: error: missing-key: topics.0.findings.0.source: the key "source" is missing here; add it'
			]
		]
	])('%s', (_, changes, expected) => {
		expect(check(changes)).toEqual(expected);
	});

	test('of faults in the framework, without every outcome being called unknown', () => {
		const codes = checkTree([makeTree({ 'framework.yaml': 'levels: [' })]).problems.map(
			({ code }) => code
		);
		expect(codes).toEqual(['not-yaml']);
	});
});

describe('scenarios', () => {
	const scenarios = { 'scenarios/at-the-door.yaml': 'title: { da: Klientellet, en: x }\n' };
	const withStep = {
		[moduleAt]: replace('  - reflection', '  - scenario: at-the-door\n  - reflection')
	};

	test('are checked by those who know them, and read for words that are not used', () => {
		const found = check(scenarios, {
			check: ({ slug, file }) => [
				{
					code: 'x',
					severity: 'error',
					file,
					line: 7,
					path: slug,
					message: { da: 'nej', en: 'no' }
				}
			]
		});
		expect(found).toEqual([
			'courses/scenarios/at-the-door.yaml:1: error: avoided-word: title.da: "Klientellet" is a word we do not use; better: citizens',
			'courses/scenarios/at-the-door.yaml:7: error: x: at-the-door: no'
		]);
	});

	test('count towards the minutes of a module where their length is known', () => {
		const sound = { 'scenarios/at-the-door.yaml': 'title: { da: Ro, en: x }\n', ...withStep };
		expect(check(sound)).toEqual([]);
		expect(check(sound, { measure: () => ({ words: 600, decisions: 5 }) })).toEqual([
			`courses/${moduleAt}:2: error: wrong-minutes: minutes: 3 minutes are stated, but the module takes about 8.8; change the number or the texts`
		]);
	});
});

describe('of two trees', () => {
	test('the later one wins by slug and uses the words of the earlier one', () => {
		const own = makeTree({}, 'own');
		const files = new Map([...own.files].filter(([path]) => path.startsWith('basic/')));
		files.set(
			'basic/course.yaml',
			(files.get('basic/course.yaml') ?? '').replace('Kursus', 'Eget')
		);
		const { tree, problems } = checkTree([makeTree(), { root: 'own', files }]);
		expect(problems).toEqual([]);
		expect(tree.courses.map(({ data }) => data?.title.da)).toEqual(['Eget']);
	});

	const own = (files: Record<string, string>) => ({
		root: 'own',
		files: new Map(Object.entries(files))
	});
	const textsOf = (listing: ReturnType<typeof own>) => {
		const { tree, problems } = checkTree([makeTree(), listing]);
		const modules = tree.courses.flatMap((course) => course.modules);
		return {
			problems: problems.map(formatProblem),
			modules: modules.map(({ directory }) => directory),
			lesson: modules[0]?.texts.get('calm')?.da
		};
	};

	test('the later one may give another text in the place of one', () => {
		const text = enoughWords.replace('Du', 'I');
		// By the name of the module: the number may be another by now.
		const file = 'basic/07-first/calm.da.md';
		expect(textsOf(own({ [file]: text }))).toEqual({
			problems: [],
			modules: ['01-first'],
			lesson: { file: `own/${file}`, text }
		});
	});

	test('the later one may put a module in the place of one, whole', () => {
		const files = [...makeTree().files].flatMap(([path, text]) =>
			path.startsWith('basic/01-first/') && !path.includes('calm')
				? [
						[
							path.replace('01', '03'),
							text.replace('  - lesson: calm\n', '').replace('minutes: 3', 'minutes: 2')
						]
					]
				: []
		);
		expect(textsOf(own(Object.fromEntries(files)))).toEqual({
			problems: [],
			modules: ['03-first'],
			lesson: undefined
		});
	});

	test('the later one may add a module', () => {
		const files = [...makeTree().files].flatMap(([path, text]) =>
			path.startsWith('basic/01-first/') ? [[path.replace('01-first', '02-house'), text]] : []
		);
		const { problems, modules } = textsOf(own(Object.fromEntries(files)));
		expect({ problems, modules }).toEqual({ problems: [], modules: ['01-first', '02-house'] });
	});

	test('a fault in the later one is told with its own file', () => {
		expect(
			textsOf(
				own({
					'basic/01-first/calm.da.md': `${enoughWords}\n\n[Se](/hlep)\n`,
					'basic/01-first/clam.en.md': enoughEnglish,
					'basic/02-frist/calm.da.md': enoughWords
				})
			).problems
		).toEqual([
			'own/basic/01-first/calm.da.md:3: error: unknown-page: -: the platform has no page "/hlep"; did you mean "/help"? (column 1)',
			'own/basic/01-first/clam.en.md:1: warning: unused-lesson: -: no step of the module shows the text "clam"; did you mean "calm"?',
			'own/basic/02-frist/module.yaml:1: error: missing-file: -: the file module.yaml is missing'
		]);
	});

	test('a course of the later one that is laid over nothing needs a course.yaml', () => {
		expect(textsOf(own({ 'basik/01-first/calm.da.md': enoughWords })).problems).toEqual([
			'own/basik/course.yaml:1: error: missing-file: -: the file course.yaml is missing'
		]);
	});

	test('the later one may name a theme anew', () => {
		const files = new Map([
			['themes.yaml', 'themes:\n  - { slug: violence, da: vold, en: violence, mustFlag: true }\n']
		]);
		const { tree } = checkTree([makeTree(), { root: 'own', files }]);
		expect(tree.vocabularies.themes).toEqual([
			{ slug: 'violence', da: 'vold', en: 'violence', mustFlag: true }
		]);
	});
});

test('every problem speaks Danish and English', () => {
	const { problems } = checkTree([
		makeTree({
			[moduleAt]: replace('minutes: 3', 'mintues: 3'),
			[lessonAt]: '<b>',
			'themes.yaml': null
		})
	]);
	expect(problems.length).toBeGreaterThan(3);
	for (const { message } of problems) {
		expect(message.da).toMatch(/\S/u);
		expect(message.en).toMatch(/\S/u);
		expect(message.da).not.toBe(message.en);
	}
});

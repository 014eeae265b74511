import { expect, test } from 'vitest';
import { makeTree } from '#tests/courses/small-tree.ts';
import { checkTree } from './check-tree.ts';
import { formatProblem } from './problem.ts';

const deadEnd = 'the platform has no page "/hlep"; did you mean "/help"?';

test.each([
	[
		'a scenario',
		'scenarios/at-the-door.yaml',
		"title: { da: a, en: b }\ntext:\n  da: |\n    Ro.\n\n    [Se](/hlep)\n  en: '[See](/help)'\n",
		'6: error: unknown-page: text.da'
	],
	[
		'a scenario that leads to one',
		'scenarios/at-the-door.yaml',
		"text:\n  da: '[Se](/learn/basic/first)'\n  en: '[See](/scenarios/at-the-door) [x](https://a.dk/hlep)'\n",
		undefined
	],
	[
		'the glossary',
		'glossary.yaml',
		(text: string) => text.replace('da: Noget der minder om fare.', "da: '[Se](/hlep)'"),
		'5: error: unknown-page: terms.0.explanation.da'
	]
])('a link to a page that is not there is told in %s', (_, file, change, expected) => {
	const found = checkTree([makeTree({ [file]: change })]).problems.map(formatProblem);
	expect(found).toEqual(expected === undefined ? [] : [`courses/${file}:${expected}: ${deadEnd}`]);
});

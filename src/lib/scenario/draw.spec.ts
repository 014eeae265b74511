import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readScenario, soundScenario } from '#tests/support/sound-scenario.ts';
import { compileScenario } from './compile.ts';
import { drawMachine } from './draw.ts';
import { compileExercise } from './exercise.ts';

const file = 'courses/scenarios/reception-full-house.yaml';

const chart = (text: string, title: string) =>
	new RegExp(`## ${title}\n[^]*?\`\`\`mermaid\n([^\`]*)\`\`\``).exec(text)?.[1];

test('the chart of the exercise in the documentation is the machine’s own', () => {
	const page = readFileSync('docs/scenario-machine.md', 'utf8');
	const drawn = drawMachine(compileExercise(readScenario(readFileSync(file, 'utf8'))), ['playing']);
	expect(chart(page, 'The exercise')).toBe(drawn);
});

test('the chart of a story in the documentation is that of the scenario it names', () => {
	const page = readFileSync('docs/scenario-machine.md', 'utf8');
	const drawn = drawMachine(compileScenario(readScenario(readFileSync(file, 'utf8'))));
	expect(chart(page, 'A story inside it')).toBe(drawn);
});

test('a chart shows what must hold, both ways before a flagged scene, and every ending', () => {
	const drawn = drawMachine(compileScenario(soundScenario()));
	expect(drawn).toContain('stop --> stop: choose offer-tea [alarm at most 8, trust at least 1]');
	expect(drawn).toContain('refused_telling --> refused_told: tell gently');
	expect(drawn).toContain('refused_telling --> overwhelmed: [alarm at least 9]');
	expect(drawn).toContain('taxi --> [*]');
});

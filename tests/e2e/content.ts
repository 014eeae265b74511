import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../src/commands/install.mjs';
import type { Language } from './words.ts';

type Text = Record<Language, string>;

export interface Check {
	question: Text;
	options: { text: Text; why: Text }[];
}

interface Module {
	title: Text;
	contentNote: Text;
	steps: Record<string, unknown>[];
}

interface Choice {
	text: Text;
	kind: string;
	consequence: Text;
	why: Text;
	to: string;
}

interface Scene {
	text: Text;
	ending?: string;
	takeaway?: Text;
	choices?: Record<string, Choice>;
}

export interface Story {
	title: Text;
	start: string;
	scenes: Record<string, Scene>;
}

const courses = join(root, 'courses');
const basic = join(courses, 'basic');

/** The modules that the stories go through, by slug. */
export const whatIsTrauma = readModule('01-what-is-trauma');
export const whenItHeatsUp = readModule('05-when-it-heats-up');
export const shelter: Story = read(join(courses, 'scenarios', 'reception-full-house.yaml'));

/** A way through the shelter's story: the choice made in each scene, to the ending. */
export const repairing = [
	['at-the-hatch', 'greet'],
	['raised-voice', 'soften'],
	['the-no', 'explain-no'],
	['colleague', 'one-voice'],
	['next-day', 'own-it']
] as const;

/** A shorter one: somebody else takes over. */
export const swapping = [
	['at-the-hatch', 'wait'],
	['raised-voice', 'soften'],
	['the-no', 'numbers'],
	['colleague', 'swap']
] as const;

/** The short stories of refreshers. */
export function listEncounters(): Story[] {
	const folder = join(courses, 'refreshers');
	return readdirSync(folder).map((file) => read(join(folder, file)));
}

export function choiceIn([scene, choice]: readonly [string, string]): Choice {
	const found = shelter.scenes[scene]?.choices?.[choice];
	if (!found) throw new Error(`The story has no choice ${choice} in ${scene}.`);
	return found;
}

/** A check of a module, by its id. */
export function checkOf(module: Module, id: string): Check {
	return module.steps.find((step) => step.id === id) as unknown as Check;
}

/** The title of a lesson, which stands in its text. */
export function titleOfLesson(folder: string, lesson: string, language: Language): string {
	const text = readFileSync(join(basic, folder, `${lesson}.${language}.md`), 'utf8');
	return /^# (.+)$/m.exec(text)?.[1] ?? '';
}

/** Every text of the courses' data files that stands there in both languages. */
export function listTexts(): Text[] {
	const files = readdirSync(courses, { recursive: true, encoding: 'utf8' });
	return files
		.filter((file) => file.endsWith('.yaml'))
		.flatMap((file) => findTexts(read(join(courses, file))));
}

function findTexts(value: unknown): Text[] {
	if (typeof value !== 'object' || value === null) return [];
	const { da, en } = value as Partial<Text>;
	if (typeof da === 'string' && typeof en === 'string') return [{ da, en }];
	return Object.values(value).flatMap(findTexts);
}

function readModule(folder: string): Module {
	return read(join(basic, folder, 'module.yaml'));
}

/** The checks of the courses themselves see to it that a file has its shape. */
function read<Shape>(file: string): Shape {
	return parse(readFileSync(file, 'utf8')) as Shape;
}

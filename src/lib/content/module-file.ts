import * as v from 'valibot';
import { filledText, localised, type Localised } from './localised.ts';
import { outcomeId } from './framework.ts';
import { shapeMessage } from './shape-message.ts';
import { filledList, positiveNumber, slug } from './slug.ts';

const id = v.optional(slug);

const option = v.strictObject({
	text: localised,
	right: v.optional(v.boolean(), false),
	/** Why it helps or does not; there is a reason for every option. */
	why: localised
});

/** What a step has people practise; of the outcomes of its module. */
const practised = v.optional(v.array(outcomeId), []);

/** `outcomes` only where the lesson is a sheet that guides an exercise. */
const lessonStep = v.strictObject({ lesson: slug, id, outcomes: practised });

const choiceStep = v.strictObject({
	check: v.picklist(['one', 'several']),
	id,
	question: localised,
	options: filledList(option)
});

/** `items` stand in the right order. */
const orderStep = v.strictObject({
	check: v.literal('order'),
	id,
	question: localised,
	items: filledList(v.strictObject({ text: localised, why: localised }))
});

const matchStep = v.strictObject({
	check: v.literal('match'),
	id,
	question: localised,
	pairs: filledList(v.strictObject({ left: localised, right: localised, why: localised }))
});

const scenarioStep = v.strictObject({
	scenario: v.lazy((value) => (Array.isArray(value) ? filledList(slug) : slug)),
	id,
	intro: v.optional(localised)
});

const reflectionStep = v.strictObject({
	reflection: localised,
	id,
	hint: v.optional(localised)
});

const taskField = v.strictObject({
	id: slug,
	label: localised,
	hint: v.optional(localised),
	kind: v.optional(v.picklist(['line', 'text', 'date']), 'line')
});

const taskStep = v.strictObject({
	task: slug,
	id,
	title: localised,
	text: v.optional(localised),
	outcomes: practised,
	fields: filledList(taskField)
});

/** One thing to use today. */
const landingStep = v.strictObject({ landing: localised, id });

export const stepKinds = ['lesson', 'check', 'scenario', 'reflection', 'task', 'landing'] as const;

export type StepKind = (typeof stepKinds)[number];

export type StepFile = v.InferOutput<
	| typeof lessonStep
	| typeof choiceStep
	| typeof orderStep
	| typeof matchStep
	| typeof scenarioStep
	| typeof reflectionStep
	| typeof taskStep
	| typeof landingStep
>;

// Both refuse everything they are asked about, and say why.
const unknownCheck = v.looseObject({ check: v.picklist(['one', 'several', 'order', 'match']) });
const unknownStep = v.pipe(
	v.strictObject(Object.fromEntries(stepKinds.map((kind) => [kind, v.optional(v.unknown())]))),
	v.check(
		() => false,
		shapeMessage('unknown-step', {
			da: `Et trin er et af disse: ${stepKinds.join(', ')}.`,
			en: `a step is one of these: ${stepKinds.join(', ')}`
		})
	)
);

// A step says by its key what it is; choosing by that key gives faults of this kind of step only.
const step: v.GenericSchema<unknown, StepFile> = v.lazy((value) => findStepSchema(value));

function findStepSchema(value: unknown): v.GenericSchema<unknown, StepFile> {
	const has = (key: string) => typeof value === 'object' && value !== null && key in value;
	if (has('lesson')) return lessonStep;
	if (has('check')) return findCheckSchema((value as { check: unknown }).check);
	if (has('scenario')) return scenarioStep;
	if (has('reflection')) return reflectionStep;
	if (has('task')) return taskStep;
	if (has('landing')) return landingStep;
	// Its output is never seen.
	return unknownStep as unknown as v.GenericSchema<unknown, StepFile>;
}

function findCheckSchema(kind: unknown): v.GenericSchema<unknown, StepFile> {
	if (kind === 'order') return orderStep;
	if (kind === 'match') return matchStep;
	return kind === 'one' || kind === 'several'
		? choiceStep
		: (unknownCheck as unknown as v.GenericSchema<unknown, StepFile>);
}

/** What a number or claim in a module rests on; `text` is a plain reference or one in each language. */
const source = v.strictObject({
	id: slug,
	text: v.lazy((value) => (typeof value === 'string' ? filledText : localised))
});

/** module.yaml. */
export const moduleFile = v.strictObject({
	title: localised,
	summary: v.optional(localised),
	minutes: positiveNumber,
	outcomes: filledList(outcomeId),
	/** One neutral, specific line. */
	contentNote: localised,
	sources: v.optional(v.array(source), []),
	/** Stem of the drawing's file name, where it is not the module's own slug. */
	illustration: v.optional(slug),
	steps: filledList(step)
});

export type ModuleFile = v.InferOutput<typeof moduleFile>;

/** What kind of step it is. */
export function kindOf(step: StepFile): StepKind {
	if ('lesson' in step) return 'lesson';
	if ('check' in step) return 'check';
	if ('scenario' in step) return 'scenario';
	if ('reflection' in step) return 'reflection';
	return 'task' in step ? 'task' : 'landing';
}

/**
 * The key under which a learner's progress is kept: the step's id, a lesson's name, else its kind and
 * its number among the steps of that kind, such as check-1. Give an id to a step before others of its
 * kind are put in front of it.
 */
export function stepKey(steps: readonly StepFile[], index: number): string {
	const step = steps[index];
	if (step === undefined) throw new RangeError(`no step ${index}`);
	if (step.id !== undefined) return step.id;
	if ('lesson' in step) return step.lesson;
	const kind = kindOf(step);
	const ordinal = steps.slice(0, index + 1).filter((other) => kindOf(other) === kind).length;
	return `${kind}-${ordinal}`;
}

/** The text of a source in each language. */
export function localiseSource(text: string | Localised): Localised {
	return typeof text === 'string' ? { da: text, en: text } : text;
}

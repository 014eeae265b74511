import fc from 'fast-check';
import type { Localised } from '#lib/content/localised.ts';
import { applyEffect, startingValues } from '#lib/scenario/gauges.ts';
import {
	endingKinds,
	type Choice,
	type DecisionScene,
	type Effect,
	type EndingKind,
	type Gauge,
	type Gauges,
	type Guard,
	type Scenario,
	type Scene
} from '#lib/scenario/model.ts';

const outcomes = ['TI-S3', 'TI-S5'];
const plainText: Localised = { da: 'Bo ser op.', en: 'Bo looks up.' };

/** Short texts with what YAML may stumble over. */
const randomText: fc.Arbitrary<Localised> = fc
	.tuple(
		fc.constantFrom(
			...['Bo ser op.', '»Øjeblik,« siger du.', "Du siger 'ja'.", 'Ja: det er godt.', '- Nej.'],
			...['null', '+2', 'true', '"Kom ind"', 'Bo, du og jeg', '{ a }', '# Nej', 'To ord #her'],
			...['Bo venter.\n\nDu venter.\n', 'En linje\nog en til', '  Bo sover.\n', '~', '| hej', '12']
		),
		fc.constantFrom('Bo looks up.', 'He waits: you wait.', 'No, “not yet”.', "It's on\n", 'yes')
	)
	.map(([da, en]) => ({ da, en }));

/**
 * Random scenarios that are sound because of how they are made. Their decisions stand in a row, the
 * spine, along which each first choice leads to the next scene whatever the gauges say. Guards hold
 * and automatic transitions do not at the values that the spine brings along, so that everything is
 * met at least there; automatic transitions lead onward only, harmful choices to decisions only.
 */
export const randomScenario: fc.Arbitrary<Scenario> = fc
	.record({
		alarm: makeGauge(),
		others: fc.array(makeGauge(), { maxLength: 2 }),
		seeds: fc.array(makeSeed(), { minLength: 2, maxLength: 5 }),
		endings: fc.shuffledSubarray([...endingKinds], { minLength: 1, maxLength: 3 }),
		texts: fc.infiniteStream(randomText)
	})
	.map(({ alarm, others, seeds, endings, texts }) => {
		const gauges: Record<string, Gauge> = { alarm };
		for (const [index, gauge] of others.entries()) gauges[`gauge-${index}`] = gauge;
		const write = () => texts.next().value ?? plainText;
		return separate(build(gauges, seeds, endings, write));
	});

/** No part of the copy is another part of it too, so that a test may change one place alone. */
function separate(scenario: Scenario): Scenario {
	return JSON.parse(JSON.stringify(scenario)) as Scenario;
}

interface Seed {
	effects: number[][];
	/** For the second and third choice: how far a guard lies from the value on the spine. */
	slack: number;
	guarded: boolean;
	targets: number[];
	third: boolean;
	flagged: boolean;
	auto: boolean;
	says: boolean;
	facilitator: boolean;
}

function makeGauge(): fc.Arbitrary<Gauge> {
	return fc
		.record({
			min: fc.integer({ min: -2, max: 1 }),
			width: fc.integer({ min: 2, max: 5 }),
			start: fc.nat(5),
			split: fc.nat(3)
		})
		.map(({ min, width, start, split }) => ({
			start: min + Math.min(width, start),
			min,
			max: min + width,
			words: [
				{ upTo: min + Math.min(width - 1, split), word: { da: 'lav', en: 'low' } },
				{ upTo: min + width, word: { da: 'høj, ja', en: 'high' } }
			]
		}));
}

function makeSeed(): fc.Arbitrary<Seed> {
	return fc.record({
		effects: fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 3, maxLength: 3 }), {
			minLength: 3,
			maxLength: 3
		}),
		slack: fc.nat(2),
		guarded: fc.boolean(),
		targets: fc.array(fc.nat(9), { minLength: 2, maxLength: 2 }),
		third: fc.boolean(),
		flagged: fc.boolean(),
		auto: fc.boolean(),
		says: fc.boolean(),
		facilitator: fc.boolean()
	});
}

function build(
	gauges: Record<string, Gauge>,
	seeds: Seed[],
	endings: EndingKind[],
	write: () => Localised
): Scenario {
	const scenes: Record<string, Scene> = {};
	let spine: Gauges = startingValues(gauges);
	for (const [index, seed] of seeds.entries()) {
		const isLast = index === seeds.length - 1;
		const onward = isLast ? 'end-0' : `scene-${index + 1}`;
		const scene = buildScene(gauges, seed, { index, count: seeds.length, onward, spine, write });
		if (isLast) addEndings(scene.choices, endings.length, write);
		// Every gauge is changed somewhere, or it would be pointless.
		if (index === 0) Object.assign(scene.choices['harm'] ?? {}, { effect: stirAll(gauges) });
		scenes[`scene-${index}`] = scene;
		if (seed.flagged) {
			scene.flag = { theme: 'rejection', alternative: `told-${index}` };
			scenes[`told-${index}`] = buildAlternative(scene, write);
		}
		spine = applyEffect(gauges, spine, scene.choices['go-on']?.effect);
	}
	for (const [index, ending] of endings.entries()) {
		scenes[`end-${index}`] = { ending, text: write(), takeaway: write() };
	}
	return {
		format: 1,
		id: 'random',
		version: 1,
		title: plainText,
		summary: plainText,
		minutes: 5,
		setting: 'shelter',
		audience: ['practice'],
		outcomes,
		contentNote: plainText,
		textVersion: write(),
		authors: [{ role: 'professional' }, { role: 'lived-experience', name: 'Vibe, 40' }],
		people: { bo: { name: 'Bo', about: plainText } },
		gauges,
		start: 'scene-0',
		scenes
	};
}

interface Surroundings {
	index: number;
	count: number;
	onward: string;
	spine: Gauges;
	write: () => Localised;
}

function buildScene(
	gauges: Record<string, Gauge>,
	seed: Seed,
	{ index, count, onward, spine, write }: Surroundings
): DecisionScene & { choices: Record<string, Choice> } {
	const decision = (target: number) => `scene-${target % count}`;
	const around = seed.guarded ? guardAround(gauges, spine, seed.slack) : undefined;
	const choices: Record<string, Choice> = {
		'go-on': { ...makeChoice('good', onward, write), effect: pickEffect(gauges, seed.effects[0]) },
		harm: {
			...makeChoice('harmful', decision(seed.targets[0] ?? 0), write),
			effect: pickEffect(gauges, seed.effects[1]),
			...(around && { when: around })
		}
	};
	if (seed.third) {
		choices['wait'] = {
			...makeChoice('okay', decision(seed.targets[1] ?? 0), write),
			effect: pickEffect(gauges, seed.effects[2])
		};
	}
	const auto = seed.auto && index < count - 1 ? guardAbove(gauges, spine) : undefined;
	return {
		text: write(),
		...(seed.says && { says: { who: 'bo', text: write() } }),
		...(auto && { auto: [{ when: auto, to: `scene-${index + 1}` }] }),
		choices,
		...(seed.facilitator && { facilitator: { minutes: 4, ask: [write()] } })
	};
}

function makeChoice(kind: Choice['kind'], to: string, write: () => Localised): Choice {
	return {
		text: plainText,
		kind,
		...(kind === 'good' && { outcomes }),
		consequence: write(),
		why: write(),
		to
	};
}

function addEndings(
	choices: Record<string, Choice>,
	endings: number,
	write: () => Localised
): void {
	for (let index = 1; index < endings; index += 1) {
		if (index === 1) delete choices['wait'];
		choices[`end-${index}`] = makeChoice('okay', `end-${index}`, write);
	}
}

function buildAlternative(scene: DecisionScene, write: () => Localised): DecisionScene {
	return {
		text: write(),
		choices: Object.fromEntries(
			Object.entries(scene.choices).map(([id, choice]) => {
				return [id, { ...choice, when: undefined, consequence: write() }];
			})
		)
	};
}

function pickEffect(gauges: Record<string, Gauge>, changes: number[] = []): Effect {
	return Object.fromEntries(Object.keys(gauges).map((name, index) => [name, changes[index] ?? 0]));
}

function stirAll(gauges: Record<string, Gauge>): Effect {
	return Object.fromEntries(Object.keys(gauges).map((name) => [name, 1]));
}

function guardAround(gauges: Record<string, Gauge>, values: Gauges, slack: number): Guard {
	return Object.fromEntries(
		Object.keys(gauges).map((name) => {
			const value = values[name] ?? 0;
			return [name, { min: value - slack, max: value + slack }];
		})
	);
}

/** A guard that does not hold at the values; undefined where the alarm is at its highest. */
function guardAbove(gauges: Record<string, Gauge>, values: Gauges): Guard | undefined {
	const value = values['alarm'] ?? 0;
	return value < (gauges['alarm']?.max ?? 0) ? { alarm: { min: value + 1 } } : undefined;
}

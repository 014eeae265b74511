import { arrive, endless, nowhere, takeEffect } from './board.ts';
import type { Findings } from './findings.ts';
import type { Gauges, Scenario } from './model.ts';
import { stateLimit, walkScenario, type Walk } from './walk.ts';
import { measureWaysOut } from './ways.ts';

/** Walks through every state that can be reached and tells what is wrong in any of them. */
export function checkReach(
	scenario: Scenario,
	findings: Findings,
	{ limit = stateLimit }: { limit?: number } = {}
): void {
	const bounded = Object.values(scenario.gauges).every(({ min, max }) => min < max);
	if (!bounded) return;
	const walk = walkScenario(scenario, { limit });
	if (!walk.complete) {
		findings.error('too-large', ['gauges'], {
			da: `Historien har mere end ${limit} tilstande (scene × målere) og kan ikke gennemgås; brug færre målere eller snævrere grænser.`,
			en: `the story has more than ${limit} states (scene × gauges) and cannot be walked through; use fewer gauges or narrower bounds`
		});
	}
	checkRings(walk, findings);
	checkStates(walk, findings);
	if (walk.complete && walk.size > 0) {
		checkReached(walk, findings);
		checkTraps(walk, findings);
	}
}

function checkRings(walk: Walk, findings: Findings): void {
	const told = new Set<string>();
	const tell = (scene: number, value: number, way: readonly string[]) => {
		const ring = findRing(walk, scene, value);
		const identity = ring.toSorted().join(' ');
		if (told.has(identity)) return;
		told.add(identity);
		const shown = [...ring, ring[0]].join(' → ');
		const here = ring[0] ?? '';
		findings.error(
			'auto-loop',
			['scenes', here, 'auto'],
			{
				da: `her fører de automatiske skift rundt i ring (${shown}); lad et af dem stoppe.`,
				en: `here the automatic transitions go round in a ring (${shown}); let one of them stop`
			},
			way
		);
	};
	const { board } = walk;
	if (walk.opening === endless) tell(board.start, board.startValue, []);
	eachEdge(walk, (from, to, move) => {
		if (to !== endless) return;
		const way = [...walk.wayTo(from), walk.nameMove(from, move)];
		const value = walk.valueAt(from);
		const choice = walk.choiceAt(from, move);
		if (choice) tell(choice.to, takeEffect(board, choice, value), way);
		else tell(walk.roomAt(from).alternative ?? nowhere, value, way);
	});
}

/** The scenes that an endless arrival goes through again and again, in order. */
function findRing({ board }: Walk, scene: number, value: number): string[] {
	const entered: number[] = [];
	arrive(board, scene, value, (here) => void entered.push(here));
	const again = entered.findIndex((here, index) => entered.indexOf(here) < index);
	const ring = entered.slice(entered.indexOf(entered[again] ?? nowhere), again);
	return ring.map((here) => board.sceneIds[here] ?? '');
}

function checkStates(walk: Walk, findings: Findings): void {
	const stuck = new Set<number>();
	for (let position = 0; position < walk.size; position += 1) {
		const scene = walk.sceneAt(position);
		const offersNothing = walk.edgeStart[position] === walk.edgeStart[position + 1];
		if (!offersNothing || walk.isEndingAt(position)) continue;
		if (stuck.has(scene)) continue;
		stuck.add(scene);
		const { scene: id, gauges } = walk.describe(position);
		findings.error(
			'nothing-to-choose',
			['scenes', id, 'choices'],
			{
				da: `her kan intet vælges (${id}: ${tellGauges(gauges)}); lad et valg altid være muligt, eller før historien videre med "auto".`,
				en: `here nothing can be chosen (${id}: ${tellGauges(gauges)}); let one choice always be offered, or lead on by "auto"`
			},
			walk.wayTo(position)
		);
	}
	checkHarmfulEnds(walk, findings);
}

function checkHarmfulEnds(walk: Walk, findings: Findings): void {
	const told = new Set<string>();
	eachEdge(walk, (from, to, move) => {
		const choice = walk.choiceAt(from, move);
		if (choice?.kind !== 'harmful' || to < 0 || !walk.roomAt(to).ending) return;
		const scene = walk.describe(from).scene;
		const identity = `${scene}/${choice.id}`;
		if (told.has(identity)) return;
		told.add(identity);
		findings.error(
			'harmful-choice-ends',
			['scenes', scene, 'choices', choice.id, 'to'],
			{
				da: 'et valg, der skader, slutter historien med det samme; før til en scene, hvor det kan rettes op.',
				en: 'a harmful choice ends the story at once; lead to a scene where it can be put right'
			},
			[...walk.wayTo(from), choice.id]
		);
	});
}

function checkReached(walk: Walk, findings: Findings): void {
	const { sceneIds, rooms } = walk.board;
	const offered = rooms.map(({ choices }) => choices.map(() => false));
	eachEdge(walk, (from, _, move) => {
		const here = offered[walk.sceneAt(from)];
		if (here && move >= 0) here[move] = true;
	});
	for (const [index, room] of rooms.entries()) {
		const id = sceneIds[index] ?? '';
		if (!walk.isEntered(index)) {
			findings.error('never-reached', ['scenes', id], {
				da: `Scenen "${id}" nås aldrig; lad noget føre til den, eller fjern den.`,
				en: `the scene "${id}" is never reached; let something lead to it, or remove it`
			});
			continue;
		}
		for (const [move, choice] of room.choices.entries()) {
			if (offered[index]?.[move] === true) continue;
			findings.error('never-offered', ['scenes', id, 'choices', choice.id], {
				da: `Valget "${choice.id}" kan aldrig vælges, for målerne når aldrig dertil; ret "when", eller fjern valget.`,
				en: `the choice "${choice.id}" is never offered, as the gauges never get there; mend its "when", or remove it`
			});
		}
	}
}

/** States that lead on for ever; whatever leads to another fault is left to that fault. */
function checkTraps(walk: Walk, findings: Findings): void {
	const faulty = new Set<number>();
	eachEdge(walk, (from, to) => {
		if (to < 0) faulty.add(from);
	});
	const isWayOut = (position: number) =>
		walk.edgeStart[position] === walk.edgeStart[position + 1] || faulty.has(position);
	const { distance } = measureWaysOut(walk, isWayOut);
	const told = new Set<string>();
	for (let position = 0; position < walk.size; position += 1) {
		if ((distance[position] ?? 0) >= 0) continue;
		const before = walk.foundFrom(position);
		if (before !== undefined && (distance[before] ?? 0) < 0) continue;
		const { scene, gauges } = walk.describe(position);
		if (told.has(scene)) continue;
		told.add(scene);
		findings.error(
			'no-way-to-ending',
			['scenes', scene],
			{
				da: `herfra kan ingen slutning nås (${scene}: ${tellGauges(gauges)}); lad et valg føre ud.`,
				en: `from here no ending can be reached (${scene}: ${tellGauges(gauges)}); let a choice lead out`
			},
			walk.wayTo(position)
		);
	}
}

function eachEdge(walk: Walk, look: (from: number, to: number, move: number) => void): void {
	for (let from = 0; from < walk.size; from += 1) {
		const end = walk.edgeStart[from + 1] ?? 0;
		for (let edge = walk.edgeStart[from] ?? end; edge < end; edge += 1) {
			look(from, walk.edgeTo[edge] ?? nowhere, walk.edgeMove[edge] ?? 0);
		}
	}
}

function tellGauges(gauges: Gauges): string {
	return Object.entries(gauges)
		.map(([name, value]) => `${name} ${value}`)
		.join(', ');
}

import { arrive, endless, nowhere, readDigits, takeEffect, type BoardChoice } from './board.ts';
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
	const ringing = checkRings(walk, findings);
	checkStates(walk, findings);
	if (walk.complete && walk.size > 0) {
		checkReached(walk, ringing, findings);
		checkTraps(walk, findings);
	}
}

/** Tells the rings of automatic transitions, and gives the scenes through which they lead. */
function checkRings(walk: Walk, findings: Findings): Set<number> {
	const told = new Set<string>();
	const ringing = new Set<number>();
	const tell = (scene: number, value: number, way: readonly string[]) => {
		const entered = findEntered(walk, scene, value);
		for (const here of entered) ringing.add(here);
		const ring = findRing(walk, entered);
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
	const digits: number[] = [];
	if (walk.opening === endless) tell(board.start, board.startValue, []);
	for (const { from, move, to } of walk.strays) {
		if (to !== endless) continue;
		const way = [...walk.wayTo(from), walk.nameMove(from, move)];
		const value = walk.valueAt(from);
		const choice = walk.choiceAt(from, move);
		readDigits(board.dials, value, digits);
		if (choice) tell(choice.to, takeEffect(choice, value, digits), way);
		else tell(walk.roomAt(from).alternative ?? nowhere, value, way);
	}
	return ringing;
}

/** The scenes that an endless arrival enters, as long as it is followed. */
function findEntered({ board }: Walk, scene: number, value: number): number[] {
	const entered: number[] = [];
	arrive(board, scene, value, (here) => void entered.push(here));
	return entered;
}

/** Those that it goes through again and again, in order. */
function findRing({ board }: Walk, entered: readonly number[]): string[] {
	const again = entered.findIndex((here, index) => entered.indexOf(here) < index);
	const ring = entered.slice(entered.indexOf(entered[again] ?? nowhere), again);
	return ring.map((here) => board.sceneIds[here] ?? '');
}

function checkStates(walk: Walk, findings: Findings): void {
	const stuck = new Set<number>();
	for (let position = 0; position < walk.size; position += 1) {
		if (!walk.offersNothing(position) || walk.isEndingAt(position)) continue;
		const scene = walk.sceneAt(position);
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
	const told = new Set<BoardChoice>();
	eachEdge(walk, (from, to, move) => {
		if (to < 0 || !walk.roomAt(to).ending) return;
		const choice = walk.choiceAt(from, move);
		if (choice?.kind !== 'harmful' || told.has(choice)) return;
		told.add(choice);
		findings.error(
			'harmful-choice-ends',
			['scenes', walk.describe(from).scene, 'choices', choice.id, 'to'],
			{
				da: 'et valg, der skader, slutter historien med det samme; før til en scene, hvor det kan rettes op.',
				en: 'a harmful choice ends the story at once; lead to a scene where it can be put right'
			},
			[...walk.wayTo(from), choice.id]
		);
	});
}

function checkReached(walk: Walk, ringing: ReadonlySet<number>, findings: Findings): void {
	const { sceneIds, rooms } = walk.board;
	const shown = ringing.size === 0 ? undefined : listShown(walk);
	for (const [index, room] of rooms.entries()) {
		const id = sceneIds[index] ?? '';
		if (!walk.isEntered(index)) {
			findings.error('never-reached', ['scenes', id], {
				da: `Scenen "${id}" nås aldrig; lad noget føre til den, eller fjern den.`,
				en: `the scene "${id}" is never reached; let something lead to it, or remove it`
			});
			continue;
		}
		// Nobody can choose in a scene that leads round in a ring: that has been told.
		if (ringing.has(index) && shown?.has(index) === false) continue;
		for (const [move, choice] of room.choices.entries()) {
			if (walk.isOffered(index, move)) continue;
			findings.error('never-offered', ['scenes', id, 'choices', choice.id], {
				da: `Valget "${choice.id}" kan aldrig vælges, for målerne når aldrig dertil; ret "when", eller fjern valget.`,
				en: `the choice "${choice.id}" is never offered, as the gauges never get there; mend its "when", or remove it`
			});
		}
	}
}

/** The scenes in which the story comes to rest. */
function listShown(walk: Walk): Set<number> {
	const shown = new Set<number>();
	for (let position = 0; position < walk.size; position += 1) {
		if (!walk.isTelling(position)) shown.add(walk.sceneAt(position));
	}
	return shown;
}

/** States that lead on for ever; whatever leads to another fault is left to that fault. */
function checkTraps(walk: Walk, findings: Findings): void {
	const faulty = new Set(walk.strays.map(({ from }) => from));
	const isWayOut = (position: number) => walk.offersNothing(position) || faulty.has(position);
	if (allLeadOut(walk, isWayOut)) return;
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

/** In so many rounds all ways out are found in nearly every scenario without traps. */
const rounds = 6;

/**
 * Whether every state has a way out, told much faster than by measuring the ways, where it is so: most
 * ways out lead to states that were met later. False as well where some ways are too winding for that.
 */
function allLeadOut(walk: Walk, isWayOut: (position: number) => boolean): boolean {
	const { size, edgeStart, edgeTo } = walk;
	const leadsOut = new Uint8Array(size);
	let left = size;
	for (let position = 0; position < size; position += 1) {
		if (!isWayOut(position)) continue;
		leadsOut[position] = 1;
		left -= 1;
	}
	for (let round = 0; round < rounds && left > 0; round += 1) {
		for (let position = size - 1; position >= 0; position -= 1) {
			if (leadsOut[position] === 1) continue;
			const end = edgeStart[position + 1] ?? 0;
			for (let edge = edgeStart[position] ?? end; edge < end; edge += 1) {
				if (leadsOut[edgeTo[edge] ?? nowhere] !== 1) continue;
				leadsOut[position] = 1;
				left -= 1;
				break;
			}
		}
	}
	return left === 0;
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

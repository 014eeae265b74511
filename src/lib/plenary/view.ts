import { localise, type Locale, type Localised } from '#lib/content/localised.ts';
import type { Choice, Flag, Gauges, Scenario, Scene } from '#lib/scenario/model.ts';
import type { Run } from '#lib/scenario/run.ts';
import { findChoice, findScene, isEnding } from '#lib/scenario/scenes.ts';
import {
	isInStory,
	majorityOf,
	stageOf,
	type Revealed,
	type SessionState,
	type SmallChange,
	type Stage
} from './session.ts';
import { tellPath, type RoomPath } from './path.ts';
import { runOf } from './story.ts';

/** What every screen of a room may show of it; nothing in it tells who did what. */
export interface RoomView {
	stage: Stage;
	/** The same as long as whoever leads has done nothing new. */
	step: number;
	/** The present question; votes are kept by it. */
	round: number;
	scene: SceneView | undefined;
	/** In the order of the file. */
	choices: readonly ChoiceView[];
	revealed: (Revealed & { most: string | undefined }) | undefined;
	/** The way that the room took last, and what came of it. */
	chosen: WayView | undefined;
	/** What would have come of another way, while it is looked at. */
	elsewhere: WayView | undefined;
	/** Questions to the room, from the file. */
	questions: readonly string[];
	/** How the story's gauges stand on the room's way; undefined where no story is under way. */
	gauges: Gauges | undefined;
	/** The way that the room took, while it is looked back on. */
	path: RoomPath | undefined;
	/** The point of the run sheet, counted from 0, where no story is played. */
	point: number;
	change: SmallChange | undefined;
}

export interface SceneView {
	/** Counted from 1; undefined at an ending. */
	decision: number | undefined;
	/** HTML of our own renderer. */
	text: string;
	says: { name: string | undefined; text: string } | undefined;
	gauges: Gauges;
	way: 'up' | 'down' | undefined;
	/** HTML; undefined but at an ending. */
	takeaway: string | undefined;
	/** Set before a flagged scene, whose text is then not shown. */
	telling: Flag | undefined;
}

export interface ChoiceView {
	id: string;
	text: string;
}

export interface WayView extends ChoiceView {
	/** HTML. */
	consequence: string;
}

/** What only who leads is told of a choice: how it tends to land, and why. */
export interface ChoiceNote {
	id: string;
	kind: Choice['kind'];
	/** HTML. */
	why: string;
}

/** A scenario as a room needs it: presented, and with the facilitator's notes. */
export interface RoomScenario {
	scenario: Scenario;
	presented: Localised<Scenario<string>>;
}

/** What the screens of a room show at this moment, in one language. */
export function viewRoom(
	state: SessionState,
	story: RoomScenario | null,
	locale: Locale,
	/** The stage before a pause, for who leads; everybody else sees the pause. */
	{ underPause }: { underPause?: SessionState | undefined } = {}
): RoomView {
	const shown = underPause ?? state;
	const stage = stageOf(shown);
	const { moves, round, revealed, elsewhere, point, change } = shown.context;
	const presented = story?.presented[locale];
	const view: RoomView = {
		stage,
		step: state.context.step,
		round,
		scene: undefined,
		choices: [],
		revealed: undefined,
		chosen: undefined,
		elsewhere: undefined,
		questions: [],
		gauges: undefined,
		path: undefined,
		point,
		change
	};
	if (!story || !presented) return view;
	const run = runOf(presented, moves);
	const last = run.path.at(-1);
	const isAfter = stage === 'consequence' || stage === 'elsewhere';
	if (isAfter && last) {
		view.chosen = viewWay(presented, last.from, last.move);
		view.elsewhere = elsewhere === undefined ? undefined : viewWay(presented, last.from, elsewhere);
		view.questions = listQuestions(story.scenario, last.from, locale);
		view.choices = listChoices(presented, last.from, runOf(presented, moves.slice(0, -1)));
	}
	if (isScene(stage)) {
		view.scene = viewScene(presented, run);
		view.choices = run.telling ? [] : listChoices(presented, run.scene, run);
		view.questions = run.telling ? [] : listQuestions(story.scenario, run.scene, locale);
		view.revealed = revealed && { ...revealed, most: majorityOf(revealed) };
	}
	if (isInStory(stage) || stage === 'ending') view.gauges = run.gauges;
	if (stage === 'path') view.path = tellPath(presented, moves);
	return view;
}

/** What who leads is told beside what the room sees, of the choices that stand there. */
export function noteChoices(
	state: SessionState,
	story: RoomScenario | null,
	locale: Locale
): ChoiceNote[] {
	const presented = story?.presented[locale];
	if (!presented) return [];
	const run = runOf(presented, state.context.moves);
	const stage = stageOf(state);
	const scene =
		stage === 'consequence' || stage === 'elsewhere' ? run.path.at(-1)?.from : run.scene;
	const found = scene === undefined ? undefined : findScene(presented, scene);
	if (!found || isEnding(found)) return [];
	return Object.entries(found.choices).map(([id, { kind, why }]) => ({ id, kind, why }));
}

/** How many minutes the file gives the talk about the scene that stands there. */
export function minutesOf(state: SessionState, story: RoomScenario | null): number | undefined {
	if (!story) return undefined;
	const run = runOf(story.scenario, state.context.moves);
	return findScene(story.scenario, run.scene)?.facilitator?.minutes;
}

function isScene(stage: Stage): boolean {
	return ['telling', 'scene', 'voting', 'pairs', 'revealed', 'ending'].includes(stage);
}

function viewScene(scenario: Scenario<string>, run: Run<string>): SceneView | undefined {
	const scene: Scene<string> | undefined = findScene(scenario, run.scene);
	if (!scene) return undefined;
	const decisions = run.path.filter(({ consequence }) => consequence !== undefined).length;
	const isOver = run.ending !== undefined;
	return {
		decision: isOver || run.telling ? undefined : decisions + 1,
		text: run.telling ? '' : scene.text,
		says:
			run.telling || !scene.says
				? undefined
				: { name: scenario.people[scene.says.who]?.name, text: scene.says.text },
		gauges: run.gauges,
		way: readWay(run),
		takeaway: isEnding(scene) ? scene.takeaway : undefined,
		telling: run.telling
	};
}

/** Which way the alarm went when it last changed. */
function readWay(run: Run<string>): 'up' | 'down' | undefined {
	for (const { before, after } of run.path.toReversed()) {
		const change = (after['alarm'] ?? 0) - (before['alarm'] ?? 0);
		if (change !== 0) return change > 0 ? 'up' : 'down';
	}
	return undefined;
}

function viewWay(scenario: Scenario<string>, scene: string, id: string): WayView | undefined {
	const choice = findChoice(scenario, scene, id);
	return choice && { id, text: choice.text, consequence: choice.consequence };
}

function listChoices(scenario: Scenario<string>, scene: string, run: Run<string>): ChoiceView[] {
	return run.offered.flatMap((id) => {
		const choice = findChoice(scenario, scene, id);
		return choice ? [{ id, text: choice.text }] : [];
	});
}

function listQuestions(scenario: Scenario, scene: string, locale: Locale): string[] {
	const asked = findScene(scenario, scene)?.facilitator?.ask ?? [];
	return asked.map((question) => localise(question, locale));
}

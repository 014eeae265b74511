import * as m from '#lib/ui/messages/messages.js';
import type { Stage } from '../session.ts';
import type { ChoiceNote, RoomView } from '../view.ts';

/** What stands over a stage, on the wall and on the control. */
export function nameStage({ stage, scene }: Pick<RoomView, 'stage' | 'scene'>): string {
	const names = {
		lobby: m.plenary_stage_lobby,
		frame: m.plenary_stage_frame,
		setting: m.plenary_stage_setting,
		telling: m.plenary_stage_telling,
		scene: () => m.plenary_stage_scene({ number: scene?.decision ?? 1 }),
		voting: m.plenary_stage_voting,
		pairs: m.plenary_stage_pairs,
		revealed: m.plenary_stage_revealed,
		consequence: m.plenary_stage_consequence,
		elsewhere: m.plenary_stage_elsewhere,
		ending: m.plenary_stage_ending,
		path: m.plenary_stage_path,
		talk: m.plenary_stage_talk,
		here: m.plenary_stage_here,
		change: m.plenary_stage_change,
		landing: m.plenary_stage_landing,
		paused: m.plenary_stage_paused,
		ended: m.plenary_stage_ended
	};
	return names[stage]();
}

/** What the button says that goes on from a stage; undefined where there is another way on. */
export function nameNext(stage: Stage, hasStory: boolean): string | undefined {
	const names: Partial<Record<Stage, () => string>> = {
		lobby: m.plenary_next_lobby,
		frame: hasStory ? m.plenary_next_frame : m.plenary_next_frame_talk,
		setting: m.plenary_next_setting,
		consequence: m.plenary_next_consequence,
		elsewhere: m.plenary_next_consequence,
		ending: m.plenary_next_ending,
		path: m.plenary_next_path,
		talk: m.plenary_next_talk,
		here: m.plenary_next_here,
		change: m.plenary_next_change
	};
	return names[stage]?.();
}

/** How a choice tends to land, in a word or two. */
export function nameKind(kind: ChoiceNote['kind']): string {
	const names = {
		good: m.plenary_kind_good,
		okay: m.plenary_kind_okay,
		harmful: m.plenary_kind_harmful
	};
	return names[kind]();
}

/** How many have answered, as a sentence. */
export function sayAnswered(count: number): string {
	if (count === 0) return m.plenary_answered_none();
	return count === 1 ? m.plenary_answered_one() : m.plenary_answered({ count });
}

/** How many phones are there, as a sentence. */
export function saySeats(count: number): string {
	return count === 1 ? m.plenary_wall_seats_one() : m.plenary_wall_seats({ count });
}

/** Eight digits, so that they can be read aloud: "1234 5678". */
export function spell(code: string): string {
	return code.replace(/(\d{4})(?=\d)/g, '$1 ');
}

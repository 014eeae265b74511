import * as m from '#lib/ui/messages/messages.js';
import type { RoomView } from '../view.ts';

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
		talk: m.plenary_stage_talk,
		here: m.plenary_stage_here,
		change: m.plenary_stage_change,
		landing: m.plenary_stage_landing,
		paused: m.plenary_stage_paused,
		ended: m.plenary_stage_ended
	};
	return names[stage]();
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

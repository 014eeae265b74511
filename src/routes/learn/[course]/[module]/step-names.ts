import * as m from '#lib/ui/messages/messages.js';
import type { StepMark } from './view.ts';

const kindNames: Record<StepMark['kind'], () => string> = {
	lesson: m.player_kind_lesson,
	check: m.player_kind_check,
	scenario: m.player_kind_scenario,
	reflection: m.player_kind_reflection,
	task: m.player_kind_task,
	landing: m.player_kind_landing
};

/** What each step is called in the row: a lesson by its title, others by their kind, numbered where there are several. */
export function nameSteps(steps: readonly StepMark[]): string[] {
	return steps.map(({ kind, title }, index) => {
		if (title) return title;
		const name = kindNames[kind]();
		const ofKind = (one: StepMark) => one.kind === kind;
		if (steps.filter(ofKind).length < 2) return name;
		const number = steps.slice(0, index + 1).filter(ofKind).length;
		return m.player_kind_numbered({ kind: name, number });
	});
}

/** Every kind of change an author can make to a scenario, each made to a random one. */
import type { Path } from '#lib/content/source.ts';
import type { ChangeCode } from '#lib/scenario/change.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { renameParts } from '#lib/scenario/rename-parts.ts';
import { decisionAt, endingAt, pickDecision, pickFrom, type Open } from './open-scenario.ts';

export interface Edit {
	/** Sees to it that there is something to change. */
	prepare?: (scenario: Open<Scenario>, pick: number) => void;
	/** Makes the change, and gives the path of it. */
	make: (scenario: Open<Scenario>, pick: number) => Path;
	/** Touches nothing but one value that stands in its place before and after. */
	inPlace?: true;
}

const text = (name: string) => ({ da: `Ny ${name} her.`, en: `A new ${name} here.` });
const none = new Map<string, string>();

/** Puts the changed words of one language, the other, or both. */
function reword(words: Open<{ da: string; en: string }>, pick: number): void {
	if (pick % 3 !== 1) words.da += ' Og mere.';
	if (pick % 3 !== 2) words.en += ' And more.';
}

/** Turns the order of the keys of a block. */
function turn<Item>(block: Record<string, Item>): void {
	const entries = Object.entries(block).reverse();
	for (const [key] of entries) Reflect.deleteProperty(block, key);
	Object.assign(block, Object.fromEntries(entries));
}

function replace(scenario: Open<Scenario>, other: Scenario): void {
	Object.assign(scenario, structuredClone(other));
}

const inScene =
	(edit: (scene: ReturnType<typeof decisionAt>, pick: number) => Path): Edit['make'] =>
	(scenario, pick) => {
		const id = pickDecision(scenario, pick);
		return ['scenes', id, ...edit(decisionAt(scenario, id), pick)];
	};

const inChoice = (
	edit: (choice: ReturnType<typeof decisionAt>['choices'][string], pick: number) => Path
): Edit['make'] =>
	inScene((scene, pick) => {
		const id = pickFrom(Object.keys(scene.choices), pick);
		return ['choices', id, ...edit(scene.choices[id]!, pick)];
	});

const inEnding =
	(edit: (scene: ReturnType<typeof endingAt>, pick: number) => Path): Edit['make'] =>
	(scenario, pick) => ['scenes', 'end-0', ...edit(endingAt(scenario, 'end-0'), pick)];

const withSpeech: Edit['prepare'] = (scenario, pick) => {
	decisionAt(scenario, pickDecision(scenario, pick)).says = { who: 'bo', text: text('tale') };
};
const withFlag: Edit['prepare'] = (scenario, pick) => {
	decisionAt(scenario, pickDecision(scenario, pick)).flag = {
		theme: 'rejection',
		alternative: 'x'
	};
};
const withWays: Edit['prepare'] = (scenario, pick) => {
	decisionAt(scenario, pickDecision(scenario, pick)).auto = [
		{ when: { alarm: { min: 3 } }, to: 'end-0' },
		{ when: { alarm: { max: 1 } }, to: 'scene-0' }
	];
};
const withGauge: Edit['prepare'] = (scenario, pick) => {
	const words = [{ upTo: 3, word: text('måling') }];
	scenario.gauges['extra'] = { start: 1, min: 0, max: 3, words };
	for (const choice of Object.values(decisionAt(scenario, pickDecision(scenario, pick)).choices)) {
		choice.effect = { ...choice.effect, extra: 1 };
		choice.when = { ...choice.when, extra: { max: 2 } };
	}
};
const withPerson: Edit['prepare'] = (scenario, pick) => {
	scenario.people['ida'] = { name: 'Ida', about: text('ven') };
	decisionAt(scenario, pickDecision(scenario, pick)).says = { who: 'ida', text: text('tale') };
};

/** By the code of the one change that each makes. */
export const edits: { readonly [Code in ChangeCode]: Edit } = {
	'id-changed': { inPlace: true, make: (s) => ((s.id = 'another'), ['id']) },
	'version-changed': { inPlace: true, make: (s) => ((s.version += 1), ['version']) },
	'title-reworded': { inPlace: true, make: (s, pick) => (reword(s.title, pick), ['title']) },
	'summary-reworded': { inPlace: true, make: (s, pick) => (reword(s.summary, pick), ['summary']) },
	'minutes-changed': { inPlace: true, make: (s) => ((s.minutes += 1), ['minutes']) },
	'setting-changed': { inPlace: true, make: (s) => ((s.setting = 'office'), ['setting']) },
	'audience-changed': { inPlace: true, make: (s) => (s.audience.push('leader'), ['audience']) },
	'outcomes-changed': { inPlace: true, make: (s) => (s.outcomes.pop(), ['outcomes']) },
	'content-note-reworded': {
		inPlace: true,
		make: (s, pick) => (reword(s.contentNote, pick), ['contentNote'])
	},
	'text-version-reworded': {
		inPlace: true,
		make: (s, pick) => (reword(s.textVersion, pick), ['textVersion'])
	},
	'authors-changed': { inPlace: true, make: (s) => (s.authors.pop(), ['authors']) },
	'start-changed': { inPlace: true, make: (s) => ((s.start = 'scene-1'), ['start']) },

	'person-added': {
		make: (s) => ((s.people['ida'] = { name: 'Ida', about: text('ven') }), ['people', 'ida'])
	},
	'person-removed': {
		prepare: withPerson,
		make: (s) => (Reflect.deleteProperty(s.people, 'ida'), ['people', 'ida'])
	},
	'person-renamed': {
		prepare: withPerson,
		make: (s) => {
			replace(s, renameParts(s, { people: new Map([['ida', 'eva']]), gauges: none, scenes: none }));
			return ['people', 'eva'];
		}
	},
	'people-reordered': { prepare: withPerson, make: (s) => (turn(s.people), ['people']) },
	'person-name-changed': {
		inPlace: true,
		make: (s) => ((s.people['bo']!.name = 'Bodil'), ['people', 'bo', 'name'])
	},
	'person-reworded': {
		inPlace: true,
		make: (s, pick) => (reword(s.people['bo']!.about, pick), ['people', 'bo', 'about'])
	},

	'gauge-added': {
		make: (s) => {
			s.gauges['hope'] = { start: 0, min: 0, max: 1, words: [{ upTo: 1, word: text('håb') }] };
			return ['gauges', 'hope'];
		}
	},
	'gauge-removed': {
		prepare: withGauge,
		make: (s) => (Reflect.deleteProperty(s.gauges, 'extra'), ['gauges', 'extra'])
	},
	'gauge-renamed': {
		prepare: withGauge,
		make: (s) => {
			replace(
				s,
				renameParts(s, { people: none, gauges: new Map([['extra', 'hope']]), scenes: none })
			);
			return ['gauges', 'hope'];
		}
	},
	'gauges-reordered': { prepare: withGauge, make: (s) => (turn(s.gauges), ['gauges']) },
	'gauge-start-changed': {
		inPlace: true,
		make: (s) => ((s.gauges['alarm']!.start += 1), ['gauges', 'alarm', 'start'])
	},
	'gauge-bounds-changed': {
		inPlace: true,
		make: (s, pick) => {
			if (pick % 2 === 0) s.gauges['alarm']!.min -= 1;
			else s.gauges['alarm']!.max += 1;
			return ['gauges', 'alarm'];
		}
	},
	'gauge-words-changed': {
		inPlace: true,
		make: (s, pick) => {
			const { words } = s.gauges['alarm']!;
			if (pick % 2 === 0) words[0]!.word.da = 'mild';
			else words.at(-1)!.upTo += 1;
			return ['gauges', 'alarm', 'words'];
		}
	},

	'scene-added': {
		make: (s, pick) => {
			s.scenes['aside'] =
				pick % 2 === 0
					? { ending: 'help', text: text('scene'), takeaway: text('lære') }
					: structuredClone(decisionAt(s, 'scene-0'));
			return ['scenes', 'aside'];
		}
	},
	'scene-removed': {
		make: (s, pick) => {
			const id = pickFrom(Object.keys(s.scenes), pick);
			Reflect.deleteProperty(s.scenes, id);
			return ['scenes', id];
		}
	},
	'scene-renamed': {
		make: (s, pick) => {
			const id = pickFrom(Object.keys(s.scenes), pick);
			const scenes = new Map([[id, 'under-another-name']]);
			replace(s, renameParts(s, { people: none, gauges: none, scenes }));
			return ['scenes', 'under-another-name'];
		}
	},
	'scenes-reordered': { make: (s) => (turn(s.scenes), ['scenes']) },
	'scene-reworded': {
		inPlace: true,
		make: inScene((scene, pick) => (reword(scene.text, pick), ['text']))
	},
	'scene-became-ending': {
		make: (s, pick) => {
			const id = pickDecision(s, pick);
			const scene = { ...decisionAt(s, id), ending: 'help' as const, takeaway: text('lære') };
			for (const key of ['choices', 'auto']) Reflect.deleteProperty(scene, key);
			s.scenes[id] = scene;
			return ['scenes', id, 'ending'];
		}
	},
	'scene-became-decision': {
		make: (s, pick) => {
			const { choices } = structuredClone(decisionAt(s, pickDecision(s, pick)));
			const scene = { ...endingAt(s, 'end-0'), choices };
			for (const key of ['ending', 'takeaway']) Reflect.deleteProperty(scene, key);
			s.scenes['end-0'] = scene;
			return ['scenes', 'end-0', 'ending'];
		}
	},
	'speech-added': {
		prepare: (s, pick) => void delete decisionAt(s, pickDecision(s, pick)).says,
		make: inScene((scene) => ((scene.says = { who: 'bo', text: text('tale') }), ['says']))
	},
	'speech-removed': {
		prepare: withSpeech,
		make: inScene((scene) => (delete scene.says, ['says']))
	},
	'speech-reworded': {
		prepare: withSpeech,
		make: inScene((scene, pick) => (reword(scene.says!.text, pick), ['says']))
	},
	'speaker-changed': {
		prepare: withSpeech,
		make: inScene((scene) => ((scene.says!.who = 'ida'), ['says', 'who']))
	},
	'flag-added': {
		prepare: (s, pick) => void delete decisionAt(s, pickDecision(s, pick)).flag,
		make: inScene((scene) => ((scene.flag = { theme: 'death', alternative: 'x' }), ['flag']))
	},
	'flag-removed': { prepare: withFlag, make: inScene((scene) => (delete scene.flag, ['flag'])) },
	'theme-changed': {
		prepare: withFlag,
		make: inScene((scene) => ((scene.flag!.theme = 'death'), ['flag', 'theme']))
	},
	'alternative-changed': {
		prepare: withFlag,
		make: inScene((scene) => ((scene.flag!.alternative = 'y'), ['flag', 'alternative']))
	},
	'facilitator-notes-changed': {
		inPlace: true,
		make: inScene((scene) => {
			if (scene.facilitator) delete scene.facilitator;
			else scene.facilitator = { minutes: 3, ask: [text('spørgsmål')] };
			return ['facilitator'];
		})
	},
	'ending-kind-changed': {
		inPlace: true,
		make: inEnding((scene) => {
			scene.ending = scene.ending === 'help' ? 'calm' : 'help';
			return ['ending'];
		})
	},
	'takeaway-reworded': {
		inPlace: true,
		make: inEnding((scene, pick) => (reword(scene.takeaway, pick), ['takeaway']))
	},

	'way-added': {
		prepare: withWays,
		make: inScene((scene) => (scene.auto!.push({ when: {}, to: 'end-1' }), ['auto', 2]))
	},
	'way-removed': {
		prepare: withWays,
		make: inScene((scene, pick) => {
			const index = pick % 2;
			scene.auto!.splice(index, 1);
			return ['auto', index];
		})
	},
	'way-guard-changed': {
		prepare: withWays,
		make: inScene((scene) => ((scene.auto![1]!.when = { alarm: { max: 0 } }), ['auto', 1, 'when']))
	},
	'way-target-changed': {
		prepare: withWays,
		make: inScene((scene) => ((scene.auto![0]!.to = 'scene-1'), ['auto', 0, 'to']))
	},
	'ways-reordered': {
		prepare: withWays,
		make: inScene((scene) => (scene.auto!.reverse(), ['auto']))
	},

	'choice-added': {
		make: inScene((scene) => {
			scene.choices['new-one'] = {
				text: text('mulighed'),
				kind: 'okay',
				consequence: text('følge'),
				why: text('grund'),
				to: 'end-0'
			};
			return ['choices', 'new-one'];
		})
	},
	'choice-removed': {
		make: inScene((scene, pick) => {
			const id = pickFrom(Object.keys(scene.choices), pick);
			Reflect.deleteProperty(scene.choices, id);
			return ['choices', id];
		})
	},
	'choice-renamed': {
		make: inScene((scene, pick) => {
			const id = pickFrom(Object.keys(scene.choices), pick);
			scene.choices = Object.fromEntries(
				Object.entries(scene.choices).map(([each, choice]) => [
					each === id ? 'under-another-name' : each,
					choice
				])
			);
			return ['choices', 'under-another-name'];
		})
	},
	'choices-reordered': { make: inScene((scene) => (turn(scene.choices), ['choices'])) },
	'choice-reworded': {
		inPlace: true,
		make: inChoice((choice, pick) => (reword(choice.text, pick), ['text']))
	},
	'kind-changed': {
		inPlace: true,
		make: inChoice((choice) => {
			choice.kind = choice.kind === 'harmful' ? 'good' : 'harmful';
			return ['kind'];
		})
	},
	'effect-changed': {
		inPlace: true,
		make: inChoice((choice, pick) => {
			const { alarm, ...others } = choice.effect ?? {};
			if (alarm !== undefined && pick % 2 === 0) choice.effect = others;
			else choice.effect = { ...others, alarm: (alarm ?? 0) + 1 };
			return ['effect', 'alarm'];
		})
	},
	'guard-changed': {
		inPlace: true,
		make: inChoice((choice) => {
			choice.when = choice.when?.['alarm'] ? {} : { alarm: { min: 1 } };
			return ['when'];
		})
	},
	'choice-outcomes-changed': {
		inPlace: true,
		make: inChoice((choice) => {
			choice.outcomes = [...(choice.outcomes ?? []), 'TI-K6'];
			return ['outcomes'];
		})
	},
	'consequence-reworded': {
		inPlace: true,
		make: inChoice((choice, pick) => (reword(choice.consequence, pick), ['consequence']))
	},
	'reason-reworded': {
		inPlace: true,
		make: inChoice((choice, pick) => (reword(choice.why, pick), ['why']))
	},
	'target-changed': {
		inPlace: true,
		make: inChoice((choice) => ((choice.to = 'somewhere-else'), ['to']))
	}
};

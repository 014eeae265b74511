/** Every way to break any sound random scenario that the check is known to find. */
import type { Path } from '#lib/content/source.ts';
import { mostWords } from '#lib/scenario/limits.ts';
import type { Choice, Scenario } from '#lib/scenario/model.ts';
import { decisionAt, pickChoice, pickDecision, pickScene, type Open } from './open-scenario.ts';

interface AnyBreak {
	/** What the check must tell. */
	code: string;
	/** Does not get in the way of others of these at the same time. */
	alone?: true;
}

/** Breaks the scenario; gives the path at which this is to be told, unless that depends on the ways. */
export interface ModelBreak extends AnyBreak {
	model: (scenario: Open<Scenario>, pick: number) => Path | undefined;
}

/** Breaks the fields of the file, for what no scenario can hold. */
export interface FileBreak extends AnyBreak {
	file: (file: Fields, pick: number) => Path;
}

/** Breaks the text of the file, which is in canonical form. */
export interface TextBreak extends AnyBreak {
	text: (text: string) => string;
}

export type Break = ModelBreak | FileBreak | TextBreak;

/** Written for tests that reach deep into plain data. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Fields = Record<string, any>;

const text = (word: string) => ({ da: `${word}.`, en: `${word}.` });
const many = (words: number) => Array.from({ length: words }, () => 'ja').join(' ');

/** Breaks the choice that leads along the spine in one of the scenes. */
function inChoice(
	code: string,
	damage: (choice: Open<Choice>, scenario: Open<Scenario>) => Path | undefined
): ModelBreak {
	return {
		code,
		model: (scenario, pick) => {
			const inside = damage(pickChoice(scenario, pick), scenario);
			return inside && ['scenes', pickDecision(scenario, pick), 'choices', 'go-on', ...inside];
		}
	};
}

/** Breaks one of the scenes along the spine. */
function inScene(
	code: string,
	damage: (scene: ReturnType<typeof pickScene>, scenario: Open<Scenario>) => Path | undefined
): ModelBreak {
	return {
		code,
		model: (scenario, pick) => {
			const inside = damage(pickScene(scenario, pick), scenario);
			return inside && ['scenes', pickDecision(scenario, pick), ...inside];
		}
	};
}

/** Leaves a key out of the block at a path. */
function leaveOut(code: string, path: Path): FileBreak {
	return {
		code,
		file: (file) => {
			Reflect.deleteProperty(blockAt(file, path.slice(0, -1)), path.at(-1) ?? '');
			return path;
		}
	};
}

/** Puts a value at a path. */
function put(code: string, path: Path, value: unknown, told: Path = path): FileBreak {
	return {
		code,
		file: (file) => {
			blockAt(file, path.slice(0, -1))[path.at(-1) ?? ''] = value;
			return told;
		}
	};
}

function blockAt(file: Fields, path: Path): Fields {
	return path.reduce<Fields>((here, key) => here[key] as Fields, file);
}

/** Writes Markdown that does not go into the text of a scene. */
function write(code: string, markdown: string): ModelBreak {
	return inScene(code, (scene) => {
		scene.text.da = markdown;
		return ['text', 'da'];
	});
}

/** A guard that holds nowhere. */
function never(scenario: Open<Scenario>) {
	return { alarm: { min: (scenario.gauges['alarm']?.max ?? 0) + 1 } };
}

/** Flags a scene, with a copy of it as the alternative. */
function flag(scenario: Open<Scenario>, pick: number): ReturnType<typeof pickScene> {
	const scene = pickScene(scenario, pick);
	const copy = structuredClone(scene);
	for (const key of ['flag', 'auto']) Reflect.deleteProperty(copy, key);
	for (const choice of Object.values(copy.choices)) delete choice.when;
	scenario.scenes['told'] = copy;
	scene.flag = { theme: 'rejection', alternative: 'told' };
	return decisionAt(scenario, 'told');
}

const goOn = ['scenes', 'scene-0', 'choices', 'go-on'] as const;

export const breaks: { readonly [name: string]: Break } = {
	'a choice leads to no scene': inChoice('unknown-target', (choice) => {
		choice.to = 'nowhere-at-all';
		return ['to'];
	}),
	'the story begins in no scene': {
		code: 'unknown-target',
		model: (scenario) => ((scenario.start = 'nowhere-at-all'), ['start'])
	},
	'an automatic transition leads to no scene': inScene('unknown-target', (scene) => {
		scene.auto = [...(scene.auto ?? []), { when: {}, to: 'nowhere-at-all' }];
		return ['auto', scene.auto.length - 1, 'to'];
	}),
	'an alternative is no scene': inScene('unknown-target', (scene) => {
		scene.flag = { theme: 'rejection', alternative: 'nowhere-at-all' };
		return ['flag', 'alternative'];
	}),
	'nobody of that name speaks': inScene('unknown-person', (scene) => {
		scene.says = { who: 'nobody', text: text('Hej') };
		return ['says', 'who'];
	}),
	'a choice trains no outcome there is': inChoice('unknown-outcome', (choice) => {
		choice.outcomes = [...(choice.outcomes ?? []), 'TI-S99'];
		return ['outcomes', choice.outcomes.length - 1];
	}),
	'an effect is on no gauge there is': inChoice('unknown-gauge', (choice) => {
		choice.effect = { ...choice.effect, hunger: 1 };
		return ['effect', 'hunger'];
	}),
	'a guard asks for no gauge there is': inChoice('unknown-gauge', (choice) => {
		choice.when = { hunger: { min: 1 } };
		return ['when', 'hunger'];
	}),
	'an automatic transition asks for no gauge there is': inScene('unknown-gauge', (scene) => {
		scene.auto = [...(scene.auto ?? []), { when: { hunger: { min: 1 } }, to: 'scene-0' }];
		return ['auto', scene.auto.length - 1, 'when', 'hunger'];
	}),
	'the setting is none': {
		code: 'unknown-setting',
		alone: true,
		model: (scenario) => ((scenario.setting = 'moon'), ['setting'])
	},
	'the audience is none': {
		code: 'unknown-audience',
		alone: true,
		model: (scenario) => ((scenario.audience = ['practice', 'everyone']), ['audience', 1])
	},
	'a flag names no theme there is': inScene('unknown-theme', (scene) => {
		scene.flag = { alternative: 'scene-0', ...scene.flag, theme: 'weather' };
		return ['flag', 'theme'];
	}),
	'the id is not the name of the file': {
		code: 'id-not-file-name',
		alone: true,
		model: (scenario) => ((scenario.id = 'another'), ['id'])
	},
	'nothing leads to a scene': {
		code: 'never-reached',
		alone: true,
		model: (scenario) => {
			const lost = structuredClone(pickScene(scenario, 0));
			delete lost.flag;
			scenario.scenes['lost'] = lost;
			return ['scenes', 'lost'];
		}
	},
	'nothing leads to an ending': {
		code: 'never-reached',
		model: (scenario) => {
			scenario.scenes['lost'] = { ending: 'calm', text: text('Ro'), takeaway: text('Ro') };
			return ['scenes', 'lost'];
		}
	},
	'only a transition that is never taken leads to a scene': {
		code: 'never-reached',
		model: (scenario, pick) => {
			scenario.scenes['lost'] = { ending: 'calm', text: text('Ro'), takeaway: text('Ro') };
			const scene = pickScene(scenario, pick);
			scene.auto = [...(scene.auto ?? []), { when: never(scenario), to: 'lost' }];
			return ['scenes', 'lost'];
		}
	},
	'the guard of a choice holds nowhere': inScene('never-offered', (scene, scenario) => {
		scene.choices['extra'] = { ...structuredClone(scene.choices['harm']!), when: never(scenario) };
		return ['choices', 'extra'];
	}),
	'the guard of a choice asks for more than the way brings': {
		code: 'never-offered',
		model: (scenario) => {
			// A gauge that nothing raises.
			scenario.gauges['hope'] = {
				start: 1,
				min: 0,
				max: 3,
				words: [{ upTo: 3, word: text('håb') }]
			};
			const scene = pickScene(scenario, 0);
			scene.choices['go-on']!.effect = { ...scene.choices['go-on']!.effect, hope: -1 };
			scene.choices['extra'] = {
				...structuredClone(scene.choices['harm']!),
				when: { hope: { min: 2 } }
			};
			return ['scenes', 'scene-0', 'choices', 'extra'];
		}
	},
	'guards leave nothing to choose': inScene('nothing-to-choose', (scene, scenario) => {
		for (const choice of Object.values(scene.choices)) choice.when = never(scenario);
		return ['choices'];
	}),
	'guards leave nothing to choose, at some values': {
		code: 'nothing-to-choose',
		model: (scenario) => {
			const scene = pickScene(scenario, 0);
			const { start, min, max } = scenario.gauges['alarm']!;
			// One is at the start with the starting value, and nothing holds there.
			const elsewhere = start < max ? { min: start + 1 } : { max: min };
			for (const choice of Object.values(scene.choices)) choice.when = { alarm: elsewhere };
			delete scene.flag;
			delete scene.auto;
			return ['scenes', 'scene-0', 'choices'];
		}
	},
	'every way out leads back': {
		code: 'no-way-to-ending',
		model: (scenario) => {
			for (const [id, scene] of Object.entries(scenario.scenes)) {
				if ('ending' in scene) continue;
				for (const choice of Object.values(scene.choices)) {
					if (choice.to.startsWith('end-')) choice.to = id.replace('told', 'scene');
				}
			}
			return undefined;
		}
	},
	'a scene leads to nothing but itself': inScene('no-way-to-ending', (scene, scenario) => {
		const [id] = Object.entries(scenario.scenes).find(([, each]) => each === scene)!;
		delete scene.auto;
		delete scene.flag;
		for (const choice of Object.values(scene.choices)) choice.to = id;
		// Told at the first scene from which there is no way out, which may be an earlier one.
		return undefined;
	}),
	'a scene leads to itself without anybody choosing': inScene('auto-loop', (scene, scenario) => {
		const [id] = Object.entries(scenario.scenes).find(([, each]) => each === scene)!;
		scene.auto = [{ when: {}, to: id }];
		return ['auto'];
	}),
	'two scenes lead to each other without anybody choosing': {
		code: 'auto-loop',
		model: (scenario) => {
			const { start, max } = scenario.gauges['alarm']!;
			const when = { alarm: { min: start, max } };
			pickScene(scenario, 0).auto = [{ when, to: 'scene-1' }];
			pickScene(scenario, 1).auto = [{ when, to: 'scene-0' }];
			return ['scenes', 'scene-0', 'auto'];
		}
	},
	'a harmful choice ends the story': inScene('harmful-choice-ends', (scene) => {
		const harm = scene.choices['harm']!;
		harm.to = 'end-0';
		return ['choices', 'harm', 'to'];
	}),
	'a harmful choice ends the story by an automatic transition': {
		code: 'harmful-choice-ends',
		model: (scenario, pick) => {
			pickScene(scenario, pick).choices['harm']!.to = 'hurried';
			scenario.scenes['hurried'] = {
				...structuredClone(pickScene(scenario, 0)),
				auto: [{ when: {}, to: 'end-0' }]
			};
			Reflect.deleteProperty(scenario.scenes['hurried'], 'flag');
			return ['scenes', pickDecision(scenario, pick), 'choices', 'harm', 'to'];
		}
	},
	'an alternative trains less': {
		code: 'unsound-alternative',
		model: (scenario, pick) => {
			flag(scenario, pick).choices['go-on']!.outcomes = ['TI-S3'];
			return ['scenes', pickDecision(scenario, pick), 'flag', 'alternative'];
		}
	},
	'an alternative does not rejoin': {
		code: 'unsound-alternative',
		model: (scenario, pick) => {
			flag(scenario, pick).choices['go-on']!.to = 'aside';
			scenario.scenes['aside'] = { ending: 'help', text: text('Ro'), takeaway: text('Ro') };
			return ['scenes', pickDecision(scenario, pick), 'flag', 'alternative'];
		}
	},
	'an alternative is flagged itself': {
		code: 'unsound-alternative',
		model: (scenario, pick) => {
			flag(scenario, pick).flag = { theme: 'rejection', alternative: 'end-0' };
			return ['scenes', pickDecision(scenario, pick), 'flag', 'alternative'];
		}
	},
	'an alternative ends the story instead': inScene('unsound-alternative', (scene) => {
		scene.flag = { theme: 'rejection', alternative: 'end-0' };
		return ['flag', 'alternative'];
	}),
	'a scene is its own alternative': inScene('unsound-alternative', (scene, scenario) => {
		const [id] = Object.entries(scenario.scenes).find(([, each]) => each === scene)!;
		scene.flag = { theme: 'rejection', alternative: id };
		return ['flag', 'alternative'];
	}),
	'a choice leads to an alternative': {
		code: 'alternative-entered-directly',
		model: (scenario, pick) => {
			flag(scenario, pick);
			pickChoice(scenario, pick).to = 'told';
			return ['scenes', pickDecision(scenario, pick), 'choices', 'go-on', 'to'];
		}
	},
	'the story begins with an alternative': {
		code: 'alternative-entered-directly',
		model: (scenario, pick) => {
			flag(scenario, pick);
			scenario.start = 'told';
			return ['start'];
		}
	},
	'a theme is not flagged': inScene('theme-not-flagged', (scene) => {
		delete scene.flag;
		scene.text.en = 'He has thought of suicide.';
		return [];
	}),
	'a theme in a consequence is not flagged': inScene('theme-not-flagged', (scene) => {
		delete scene.flag;
		scene.choices['harm']!.consequence.da = 'Hun taler om at skade sig, om selvskade.';
		return [];
	}),

	'a text is nothing but blanks': inChoice('empty-text', (choice) => {
		choice.why.da = ' \n';
		return ['why', 'da'];
	}),
	'a language is missing': inChoice('missing-language', (choice) => {
		Reflect.deleteProperty(choice.consequence, 'en');
		return ['consequence', 'en'];
	}),
	'a choice has no consequence': leaveOut('missing-key', [...goOn, 'consequence']),
	'a choice has no reason': leaveOut('missing-key', [...goOn, 'why']),
	'a choice has no kind': leaveOut('missing-key', [...goOn, 'kind']),
	'a choice leads nowhere': leaveOut('missing-key', [...goOn, 'to']),
	'a scene has neither choices nor an ending': leaveOut('missing-key', [
		'scenes',
		'scene-0',
		'choices'
	]),
	'an ending has no takeaway': leaveOut('missing-key', ['scenes', 'end-0', 'takeaway']),
	'there is no content note': leaveOut('missing-key', ['contentNote']),
	'there is no text version': leaveOut('missing-key', ['textVersion']),
	'there is no start': leaveOut('missing-key', ['start']),
	'there is no alarm': {
		code: 'missing-gauge',
		file: (file) => {
			Reflect.deleteProperty(file['gauges'] as Fields, 'alarm');
			return ['gauges'];
		}
	},
	'a key is unknown': put('unknown-key', [...goOn, 'mood'], 'good'),
	'a comma cut a text': put('unknown-key', [...goOn, 'text', 'tak'], null),
	'a kind is unknown': put('unknown-value', [...goOn, 'kind'], 'brilliant'),
	'a kind of ending is unknown': put('unknown-value', ['scenes', 'end-0', 'ending'], 'defeat'),
	'the format is another': put('unknown-format', ['format'], 2),
	'the id has blanks': put('id-not-kebab-case', ['id'], 'Ad Hoc'),
	'a scene is named with capitals': put('id-not-kebab-case', ['scenes', 'Lost'], {
		ending: 'calm',
		text: text('Ro'),
		takeaway: text('Ro')
	}),
	'a gauge starts between two numbers': put(
		'not-a-whole-number',
		['gauges', 'alarm', 'start'],
		1.5
	),
	'the minutes are below zero': put('negative-number', ['minutes'], -1),
	'a text stands for a number': put('wrong-type', ['gauges', 'alarm', 'max'], 'ten'),
	'a list stands for a text': put('wrong-type', [...goOn, 'text', 'da'], ['Ja.']),
	'nobody is addressed': put('empty-list', ['audience'], []),
	'there is nothing in a scene to choose': put('empty-map', ['scenes', 'scene-0', 'choices'], {}),

	'a scene is too long': inScene('too-long', (scene) => {
		scene.text.en = many(mostWords.text + 1);
		return ['text', 'en'];
	}),
	'a reason is too long': inChoice('too-long', (choice) => {
		choice.why.da = many(mostWords.why + 1);
		return ['why', 'da'];
	}),
	'the title is too long': {
		code: 'too-long',
		alone: true,
		model: (scenario) => ((scenario.title.da = 'ja'.repeat(31)), ['title', 'da'])
	},
	'the text version is hard to read': {
		code: 'lix-too-high',
		alone: true,
		model: (scenario) => {
			scenario.textVersion.da = 'omstændighederne '.repeat(30);
			return ['textVersion', 'da'];
		}
	},
	'a scene is hard to read': inScene('lix-too-high', (scene) => {
		scene.text.da = 'omstændighederne '.repeat(40);
		return [];
	}),
	'somebody stands in it by their number': write('cpr-number', 'Hun har nummer 120378-1234.'),
	'a term is unknown': write('unknown-term', 'En :term[ting]{no-such-term}.'),
	'a term stands in what is said': inScene('term-in-plain-text', (scene) => {
		scene.says = { who: 'bo', text: { da: 'Min :term[ting]{trigger}.', en: 'Hi.' } };
		return ['says', 'da'];
	}),
	'a source is named': write('unknown-source', 'Det ved man:source{nielsen}.'),
	'HTML stands in a text': write('raw-html', 'Bo <b>ser</b> op.'),
	'a link leads astray': write('bad-link', 'Se [her](javascript:alert).'),
	'a picture stands in a text': write('image', '![Bo](bo.png)'),
	'a box is unknown': write('unknown-directive', ':::song\nLa la.\n:::'),
	'a box does not end': write('unclosed-directive', ':::notice\nBo ser op.'),
	'a box does not say what to press': write('missing-label', ':::reveal\nBo ser op.\n:::'),
	'a comparison has one side': write('compare-sides', ':::compare\nBo ser op.\n:::'),
	'agreements stand inside something': write(
		'nested-agreements',
		'::::notice\n:::agreements\n:::\n::::'
	),
	'a term stands in a link': write(
		'nested-directive',
		'[se :term[ting]{trigger}](https://example.dk)'
	),
	'three colons stand by themselves': write('stray-colons', 'Bo ser op.\n::: \nOg ned.'),

	'words do not ascend': {
		code: 'words-not-ascending',
		model: (scenario) => {
			scenario.gauges['alarm']!.words.reverse();
			return ['gauges', 'alarm', 'words', 1, 'upTo'];
		}
	},
	'words do not reach the end': {
		code: 'words-not-to-max',
		alone: true,
		model: (scenario) => {
			const { words } = scenario.gauges['alarm']!;
			words.pop();
			return ['gauges', 'alarm', 'words', words.length - 1, 'upTo'];
		}
	},
	'bounds are the wrong way round': {
		code: 'bounds-reversed',
		model: (scenario) => {
			const alarm = scenario.gauges['alarm']!;
			[alarm.min, alarm.max] = [alarm.max, alarm.min];
			return ['gauges', 'alarm', 'min'];
		}
	},
	'a gauge starts out of its bounds': {
		code: 'start-out-of-bounds',
		model: (scenario, pick) => {
			const alarm = scenario.gauges['alarm']!;
			alarm.start = pick % 2 === 0 ? alarm.max + 1 : alarm.min - 1;
			return ['gauges', 'alarm', 'start'];
		}
	},
	'an effect is larger than its gauge': inChoice('effect-out-of-bounds', (choice, scenario) => {
		const { min, max } = scenario.gauges['alarm']!;
		choice.effect = { alarm: min - max - 1 };
		return ['effect', 'alarm'];
	}),
	'there are more states than can be walked through': {
		code: 'too-large',
		model: (scenario) => {
			// In a ring of choices, three gauges of a hundred values each make a million states.
			const names = ['one', 'two', 'three'];
			const scene = pickScene(scenario, 0);
			for (const name of names) {
				scenario.gauges[name] = {
					start: 0,
					min: 0,
					max: 99,
					words: [{ upTo: 99, word: text('x') }]
				};
				scene.choices[name] = {
					...structuredClone(scene.choices['go-on']!),
					effect: { [name]: 1 },
					to: 'scene-0'
				};
				Reflect.deleteProperty(scene.choices[name], 'when');
			}
			for (const key of ['auto', 'flag']) Reflect.deleteProperty(scene, key);
			return ['gauges'];
		}
	},

	'the text is not YAML': {
		code: 'not-yaml',
		text: (file) => file.replace('start: ', 'start: [')
	},
	'a key stands twice': {
		code: 'duplicate-key',
		text: (file) => file.replace('minutes: 5', 'minutes: 5\nminutes: 6')
	},
	'a text is a reference': {
		code: 'alias',
		text: (file) => file.replace(/^summary:\n {2}da: .*$/mu, 'summary:\n  da: *before')
	},

	'no choice is good': inScene('no-good-choice', (scene) => {
		for (const choice of Object.values(scene.choices)) {
			if (choice.kind === 'good') choice.kind = 'okay';
		}
		return ['choices'];
	}),
	'no choice is harmful': inScene('no-harmful-choice', (scene) => {
		scene.choices['harm']!.kind = 'okay';
		return ['choices'];
	}),
	'no choice trains an outcome': {
		code: 'outcome-not-trained',
		alone: true,
		model: (scenario) => {
			scenario.outcomes.push('TI-K6');
			return ['outcomes', scenario.outcomes.length - 1];
		}
	},
	'there are too many choices': inScene('too-many-choices', (scene) => {
		for (const name of ['a', 'b', 'c', 'd']) {
			scene.choices[name] = structuredClone(scene.choices['harm']!);
		}
		return ['choices'];
	}),
	'nothing changes a gauge': {
		code: 'gauge-never-changes',
		alone: true,
		model: (scenario) => {
			scenario.gauges['idle'] = structuredClone(scenario.gauges['alarm']!);
			return ['gauges', 'idle'];
		}
	},
	'two endings are of one kind': {
		code: 'ending-kind-repeated',
		model: (scenario, pick) => {
			scenario.scenes['end-too'] = structuredClone(scenario.scenes['end-0']!);
			pickScene(scenario, pick).choices['out'] = {
				...structuredClone(pickChoice(scenario, pick)),
				to: 'end-too'
			};
			return ['scenes', 'end-too', 'ending'];
		}
	}
};

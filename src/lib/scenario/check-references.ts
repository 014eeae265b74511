import type { Localised } from '#lib/content/localised.ts';
import { suggestNearest } from '#lib/content/nearest.ts';
import type { Path } from '#lib/content/source.ts';
import type { Findings } from './findings.ts';
import type { Choice, Guard, Scenario, Scene } from './model.ts';
import { isEnding } from './scenes.ts';
import type { Vocabulary } from './vocabulary.ts';

type Names = ReadonlySet<string>;
type Kind = keyof typeof kinds;

const kinds = {
	target: { code: 'unknown-target', da: 'Der er ingen scene', en: 'there is no scene' },
	person: { code: 'unknown-person', da: 'Der er ingen person', en: 'there is no person' },
	gauge: { code: 'unknown-gauge', da: 'Der er ingen måler', en: 'there is no gauge' },
	outcome: {
		code: 'unknown-outcome',
		da: 'Rammen har intet mål',
		en: 'the framework has no outcome'
	},
	setting: { code: 'unknown-setting', da: 'Der er intet sted', en: 'there is no setting' },
	theme: { code: 'unknown-theme', da: 'Der er intet tema', en: 'there is no theme' },
	audience: { code: 'unknown-audience', da: 'Der er intet spor', en: 'there is no track' }
} satisfies Record<string, Localised & { code: string }>;

/** Every name in the scenario is the name of something, and the scenario is named as its file. */
export function checkReferences(
	scenario: Scenario,
	file: string,
	vocabulary: Vocabulary,
	findings: Findings
): void {
	checkFileName(scenario.id, file, findings);
	const scenes = new Set(Object.keys(scenario.scenes));
	const look = new Lookup(findings);

	look.up('setting', scenario.setting, vocabulary.settings, ['setting']);
	look.upEach('audience', scenario.audience, vocabulary.audiences, ['audience']);
	look.upEach('outcome', scenario.outcomes, vocabulary.outcomes, ['outcomes']);
	look.up('target', scenario.start, scenes, ['start']);
	for (const [id, scene] of Object.entries(scenario.scenes)) {
		checkScene(scene, ['scenes', id], scenario, scenes, vocabulary, look);
	}
}

function checkFileName(id: string, file: string, findings: Findings): void {
	const name = (file.split(/[/\\]/u).at(-1) ?? '').replace(/\.ya?ml$/u, '');
	if (name === id || id === '') return;
	findings.error('id-not-file-name', ['id'], {
		da: `Id'et er "${id}", men filen hedder "${name}"; lad dem hedde det samme.`,
		en: `the id is "${id}" but the file is named "${name}"; let them be the same`
	});
}

function checkScene(
	scene: Scene,
	path: Path,
	scenario: Scenario,
	scenes: Names,
	vocabulary: Vocabulary,
	look: Lookup
): void {
	if (scene.says) {
		const people = new Set(Object.keys(scenario.people));
		look.up('person', scene.says.who, people, [...path, 'says', 'who']);
	}
	if (scene.flag) {
		const themes = new Set(vocabulary.themes.keys());
		look.up('theme', scene.flag.theme, themes, [...path, 'flag', 'theme']);
		look.up('target', scene.flag.alternative, scenes, [...path, 'flag', 'alternative']);
	}
	if (isEnding(scene)) return;
	const gauges = new Set(Object.keys(scenario.gauges));
	for (const [index, auto] of (scene.auto ?? []).entries()) {
		look.up('target', auto.to, scenes, [...path, 'auto', index, 'to']);
		look.upKeys(auto.when, gauges, [...path, 'auto', index, 'when']);
	}
	for (const [id, choice] of Object.entries(scene.choices)) {
		checkChoice(choice, [...path, 'choices', id], { scenes, gauges, vocabulary }, look);
	}
}

function checkChoice(
	choice: Choice,
	path: Path,
	known: { scenes: Names; gauges: Names; vocabulary: Vocabulary },
	look: Lookup
): void {
	look.up('target', choice.to, known.scenes, [...path, 'to']);
	look.upKeys(choice.effect, known.gauges, [...path, 'effect']);
	look.upKeys(choice.when, known.gauges, [...path, 'when']);
	look.upEach('outcome', choice.outcomes ?? [], known.vocabulary.outcomes, [...path, 'outcomes']);
}

class Lookup {
	readonly #findings: Findings;

	constructor(findings: Findings) {
		this.#findings = findings;
	}

	// A name that is missing altogether has been reported as such.
	up(kind: Kind, name: string, known: Names, path: Path): void {
		if (name === '' || known.has(name)) return;
		const hint = suggestNearest(name, known);
		const { code, da, en } = kinds[kind];
		this.#findings.error(code, path, {
			da: `${da} "${name}"${hint.da}`,
			en: `${en} "${name}"${hint.en}`
		});
	}

	upEach(kind: Kind, names: readonly string[], known: Names, path: Path): void {
		for (const [index, name] of names.entries()) this.up(kind, name, known, [...path, index]);
	}

	upKeys(values: Guard | Readonly<Record<string, number>> | undefined, known: Names, path: Path) {
		for (const name of Object.keys(values ?? {})) this.up('gauge', name, known, [...path, name]);
	}
}

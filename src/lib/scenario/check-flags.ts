import type { Localised } from '#lib/content/localised.ts';
import type { Path } from '#lib/content/source.ts';
import type { Findings } from './findings.ts';
import type { DecisionScene, Flag, Scenario, Scene } from './model.ts';
import { findScene, isEnding } from './scenes.ts';
import { findSign } from './theme-signs.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Every flagged scene has an alternative of equal worth that is entered in no other way, and no
 * scene of a theme that must be flagged stands without a flag.
 */
export function checkFlags(scenario: Scenario, vocabulary: Vocabulary, findings: Findings): void {
	const flagged = Object.entries(scenario.scenes).flatMap(([id, scene]) =>
		scene.flag ? [{ id, scene, flag: scene.flag }] : []
	);
	for (const { id, scene, flag } of flagged) {
		const fault = findFault(scenario, id, scene, flag);
		if (fault) findings.error('unsound-alternative', ['scenes', id, 'flag', 'alternative'], fault);
	}
	checkEntrances(scenario, new Set(flagged.map(({ flag }) => flag.alternative)), findings);
	checkForgotten(scenario, vocabulary, findings);
}

function findFault(
	scenario: Scenario,
	id: string,
	scene: Scene,
	{ alternative: name }: Flag
): Localised | undefined {
	if (name === '') return undefined;
	if (name === id) {
		return {
			da: 'Scenen er sit eget alternativ; skriv en scene, der fortæller det mere nænsomt.',
			en: 'the scene is its own alternative; write a scene that tells it more gently'
		};
	}
	const alternative = findScene(scenario, name);
	if (alternative === undefined) return undefined;
	if (alternative.flag) {
		return {
			da: `Alternativet "${name}" er selv markeret; det skal kunne læses uden advarsel.`,
			en: `the alternative "${name}" is flagged itself; it must be fit to be read without a warning`
		};
	}
	if (isEnding(scene) || isEnding(alternative)) {
		if (isEnding(scene) && isEnding(alternative) && scene.ending === alternative.ending) return;
		return {
			da: `"${id}" og alternativet "${name}" skal slutte historien på samme måde, eller begge føre videre.`,
			en: `"${id}" and its alternative "${name}" must end the story in the same way, or both lead on`
		};
	}
	return compareOutcomes(scene, alternative, name) ?? compareTargets(scene, alternative, name);
}

function compareOutcomes(
	scene: DecisionScene,
	alternative: DecisionScene,
	name: string
): Localised | undefined {
	const own = listOutcomes(scene);
	const others = listOutcomes(alternative);
	const missing = [...own].filter((outcome) => !others.has(outcome));
	const extra = [...others].filter((outcome) => !own.has(outcome));
	if (missing.length > 0) {
		return {
			da: `Alternativet "${name}" øver ikke ${missing.join(', ')}; sæt det på et af dets valg.`,
			en: `the alternative "${name}" does not train ${missing.join(', ')}; put it on one of its choices`
		};
	}
	if (extra.length > 0) {
		return {
			da: `Alternativet "${name}" øver ${extra.join(', ')}, som scenen selv ikke øver; lad de to øve det samme.`,
			en: `the alternative "${name}" trains ${extra.join(', ')}, which the scene itself does not; let both train the same`
		};
	}
	return undefined;
}

function compareTargets(
	scene: DecisionScene,
	alternative: DecisionScene,
	name: string
): Localised | undefined {
	const own = listTargets(scene);
	const astray = [...listTargets(alternative)].filter(
		(target) => target !== '' && !own.has(target)
	);
	if (astray.length === 0) return undefined;
	return {
		da: `Alternativet "${name}" fører til ${astray.join(', ')}, hvor scenen selv ikke fører hen; lad det føre samme sted hen.`,
		en: `the alternative "${name}" leads to ${astray.join(', ')}, where the scene itself does not lead; let it rejoin the story`
	};
}

function listOutcomes(scene: DecisionScene): Set<string> {
	return new Set(Object.values(scene.choices).flatMap((choice) => choice.outcomes ?? []));
}

function listTargets(scene: DecisionScene): Set<string> {
	return new Set([...Object.values(scene.choices), ...(scene.auto ?? [])].map(({ to }) => to));
}

function checkEntrances(
	scenario: Scenario,
	alternatives: ReadonlySet<string>,
	findings: Findings
): void {
	const look = (to: string, path: Path) => {
		if (!alternatives.has(to)) return;
		findings.error('alternative-entered-directly', path, {
			da: `"${to}" er et mere nænsomt alternativ og nås kun, når man vælger det; før hen til den markerede scene.`,
			en: `"${to}" is a gentler alternative, entered only by choosing it; lead to the flagged scene instead`
		});
	};
	look(scenario.start, ['start']);
	for (const [id, scene] of Object.entries(scenario.scenes)) {
		if (isEnding(scene)) continue;
		for (const [index, auto] of (scene.auto ?? []).entries()) {
			look(auto.to, ['scenes', id, 'auto', index, 'to']);
		}
		for (const [choice, { to }] of Object.entries(scene.choices)) {
			look(to, ['scenes', id, 'choices', choice, 'to']);
		}
	}
}

function checkForgotten(scenario: Scenario, vocabulary: Vocabulary, findings: Findings): void {
	const mustFlag = new Map([...vocabulary.themes].filter(([, theme]) => theme.mustFlag));
	const scenes = Object.entries(scenario.scenes);
	// Whoever is told more gently has been told the theme by name.
	const warned = new Set(
		scenes.flatMap(([id, { flag }]) =>
			flag && mustFlag.has(flag.theme) ? [id, flag.alternative] : []
		)
	);
	for (const [id, scene] of scenes) {
		if (warned.has(id)) continue;
		for (const [theme, name] of mustFlag) {
			const sign = findSign(theme, readShown(scene));
			if (sign === undefined) continue;
			findings.error('theme-not-flagged', ['scenes', id], {
				da: `Her står "${sign}"; temaet "${name.da}" skal markeres: giv scenen "flag" med et alternativ.`,
				en: `this says "${sign}"; the theme "${name.en}" must be flagged: give the scene a "flag" with an alternative`
			});
		}
	}
}

/** What is read while one plays; reasons and takeaways come afterwards and show nothing. */
function readShown(scene: Scene): string {
	const choices = isEnding(scene) ? [] : Object.values(scene.choices);
	return [
		scene.text,
		scene.says?.text,
		...choices.flatMap(({ text, consequence }) => [text, consequence])
	]
		.flatMap((text) => (text ? [text.da, text.en] : []))
		.join('\n');
}

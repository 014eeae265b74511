import type { Path } from '#lib/content/source.ts';
import type { Findings } from './findings.ts';
import { endingWords } from './kind-words.ts';
import { mostChoices } from './limits.ts';
import { endingKinds, type DecisionScene, type EndingKind, type Scenario } from './model.ts';
import { isEnding } from './scenes.ts';

/** What a good exercise has, and an author may have reasons to leave out. */
export function checkChoices(scenario: Scenario, findings: Findings): void {
	for (const [id, scene] of Object.entries(scenario.scenes)) {
		if (!isEnding(scene)) checkDecision(scene, ['scenes', id, 'choices'], findings);
	}
	checkOutcomes(scenario, findings);
	checkEndings(scenario, findings);
}

function checkDecision(scene: DecisionScene, path: Path, findings: Findings): void {
	const kinds = Object.values(scene.choices).map((choice) => choice.kind);
	if (kinds.length > mostChoices) {
		findings.warn('too-many-choices', path, {
			da: `Her er ${kinds.length} valg; mere end ${mostChoices} er svært at overskue.`,
			en: `there are ${kinds.length} choices here; more than ${mostChoices} are hard to take in`
		});
	}
	// With one way on, nothing is decided.
	if (kinds.length < 2) return;
	if (!kinds.includes('good')) {
		findings.warn('no-good-choice', path, {
			da: 'Ingen af valgene er gode; vis også noget, der hjælper.',
			en: 'none of these choices is good; show something that helps as well'
		});
	}
	if (!kinds.includes('harmful')) {
		findings.warn('no-harmful-choice', path, {
			da: 'Ingen af valgene skader; vis også en fejl, man kan lære af.',
			en: 'none of these choices is harmful; show a mistake to learn from as well'
		});
	}
}

function checkOutcomes(scenario: Scenario, findings: Findings): void {
	const trained = new Set(
		Object.values(scenario.scenes).flatMap((scene) =>
			isEnding(scene) ? [] : Object.values(scene.choices).flatMap((choice) => choice.outcomes ?? [])
		)
	);
	for (const [index, outcome] of scenario.outcomes.entries()) {
		if (trained.has(outcome)) continue;
		findings.warn('outcome-not-trained', ['outcomes', index], {
			da: `Målet ${outcome} er nævnt, men intet valg øver det; sæt det på et valg, eller fjern det.`,
			en: `the outcome ${outcome} is named but no choice trains it; put it on a choice, or remove it`
		});
	}
}

function checkEndings(scenario: Scenario, findings: Findings): void {
	const alternatives = new Set(
		Object.values(scenario.scenes).map((scene) => scene.flag?.alternative)
	);
	const endings = Object.entries(scenario.scenes).flatMap(([id, scene]) =>
		isEnding(scene) && !alternatives.has(id) ? [{ id, kind: scene.ending }] : []
	);
	const unused = endingKinds.filter((kind) => !endings.some((ending) => ending.kind === kind));
	if (unused.length === 0) return;
	const seen = new Set<EndingKind>();
	for (const { id, kind } of endings) {
		if (seen.has(kind)) {
			const { da, en } = endingWords[kind];
			findings.warn('ending-kind-repeated', ['scenes', id, 'ending'], {
				da: `To slutninger fortæller, at ${da}, og ingen, at ${unused.map((one) => endingWords[one].da).join(', eller at ')}; passer en af dem bedre?`,
				en: `two endings tell that ${en}, and none that ${unused.map((one) => endingWords[one].en).join(', or that ')}; does one of those fit better?`
			});
		}
		seen.add(kind);
	}
}

import type { Path } from '#lib/content/source.ts';
import type { Findings } from './findings.ts';
import type { Gauge, Scenario } from './model.ts';
import { isEnding } from './scenes.ts';

/** Bounds, starts, words and effects of gauges fit each other. */
export function checkGauges(scenario: Scenario, findings: Findings): void {
	for (const [name, gauge] of Object.entries(scenario.gauges)) {
		checkBounds(gauge, ['gauges', name], findings);
		checkWords(gauge, ['gauges', name, 'words'], findings);
	}
	checkEffects(scenario, findings);
	warnOfIdle(scenario, findings);
}

function checkBounds(gauge: Gauge, path: Path, findings: Findings): void {
	const { start, min, max } = gauge;
	if (min >= max) {
		findings.error('bounds-reversed', [...path, 'min'], {
			da: `Grænserne er ${min} og ${max}; den nederste skal være mindst.`,
			en: `the bounds are ${min} and ${max}; the lower one must be the smaller`
		});
		return;
	}
	if (start >= min && start <= max) return;
	findings.error('start-out-of-bounds', [...path, 'start'], {
		da: `Måleren begynder på ${start}, men går fra ${min} til ${max}; vælg en begyndelse derimellem.`,
		en: `the gauge starts at ${start} but runs from ${min} to ${max}; choose a start in between`
	});
}

function checkWords({ words, min, max }: Gauge, path: Path, findings: Findings): void {
	let last = min - 1;
	for (const [index, { upTo }] of words.entries()) {
		if (upTo <= last) {
			findings.error('words-not-ascending', [...path, index, 'upTo'], {
				da: `Ordene skal stige fra ${min}: ${upTo} kommer efter ${last}.`,
				en: `the words must ascend from ${min}: ${upTo} comes after ${last}`
			});
		}
		last = upTo;
	}
	if (words.length === 0 || last === max) return;
	findings.error('words-not-to-max', [...path, words.length - 1, 'upTo'], {
		da: `Ordene slutter ved ${last}, men måleren går til ${max}; lad det sidste ord gå til ${max}.`,
		en: `the words end at ${last} but the gauge runs to ${max}; let the last word reach up to ${max}`
	});
}

function checkEffects(scenario: Scenario, findings: Findings): void {
	for (const { effect, path } of listEffects(scenario)) {
		for (const [name, change] of Object.entries(effect)) {
			const gauge = Object.hasOwn(scenario.gauges, name) ? scenario.gauges[name] : undefined;
			if (gauge === undefined || gauge.min >= gauge.max) continue;
			const width = gauge.max - gauge.min;
			if (Math.abs(change) <= width) continue;
			findings.error('effect-out-of-bounds', [...path, name], {
				da: `${change} er mere, end måleren "${name}" kan flytte sig (${width}); vælg et mindre tal.`,
				en: `${change} is more than the gauge "${name}" can move (${width}); choose a smaller number`
			});
		}
	}
}

function warnOfIdle(scenario: Scenario, findings: Findings): void {
	const changed = new Set(
		listEffects(scenario).flatMap(({ effect }) =>
			Object.entries(effect)
				.filter(([, change]) => change !== 0)
				.map(([name]) => name)
		)
	);
	for (const name of Object.keys(scenario.gauges)) {
		if (changed.has(name)) continue;
		findings.warn('gauge-never-changes', ['gauges', name], {
			da: `Intet valg flytter måleren "${name}"; giv et valg en virkning på den, eller fjern den.`,
			en: `no choice changes the gauge "${name}"; give a choice an effect on it, or remove it`
		});
	}
}

function listEffects(scenario: Scenario) {
	return Object.entries(scenario.scenes).flatMap(([id, scene]) =>
		isEnding(scene)
			? []
			: Object.entries(scene.choices).map(([choice, { effect = {} }]) => ({
					effect,
					path: ['scenes', id, 'choices', choice, 'effect'] as const
				}))
	);
}

import { sortProblems, type Problem } from '#lib/content/problem.ts';
import { checkShape, readSource, type Source } from '#lib/content/source.ts';
import { checkChoices } from './check-choices.ts';
import { checkFlags } from './check-flags.ts';
import { checkGauges } from './check-gauges.ts';
import { checkReach } from './check-reach.ts';
import { checkReferences } from './check-references.ts';
import { checkTexts } from './check-texts.ts';
import { Findings } from './findings.ts';
import { guessTargets } from './guess-targets.ts';
import { scenarioFile, type Scenario } from './model.ts';
import { salvageScenario } from './salvage.ts';
import type { Vocabulary } from './vocabulary.ts';
import { writeFields } from './written.ts';

export interface Checked {
	/** Null when the file does not have the shape of a scenario; fit to be played only without errors. */
	scenario: Scenario | null;
	/** Everything that is to be mended, by line. */
	problems: Problem[];
}

/**
 * Checks the text of a scenario file, from its YAML to the states its choices can lead to, and tells
 * all faults at once. `file` is named in the problems, and its last part is held against the id.
 */
export function checkScenario(text: string, file: string, vocabulary: Vocabulary): Checked {
	const { source, problems } = readSource(text, file);
	if (source === null) return { scenario: null, problems };
	const checked = checkSource(source, vocabulary);
	return { ...checked, problems: sortProblems([...problems, ...checked.problems]) };
}

/** Checks a scenario that has no text; all problems stand in line 1. */
export function checkModel(
	scenario: Scenario,
	vocabulary: Vocabulary,
	file: string = `${scenario.id}.yaml`
): Checked {
	return checkSource(
		{ file, value: writeFields(scenario), lineOf: () => 1, lineOfText: () => 1 },
		vocabulary
	);
}

/** Checks what a source holds. */
export function checkSource(source: Source, vocabulary: Vocabulary): Checked {
	const shape = checkShape(scenarioFile, source);
	const scenario = shape.output ?? salvageScenario(source.value);
	if (scenario === null) return { scenario: null, problems: shape.problems };
	const findings = new Findings(source);
	checkReferences(scenario, source.file, vocabulary, findings);
	checkGauges(scenario, findings);
	checkChoices(scenario, findings);
	checkTexts(scenario, vocabulary, findings);
	const meant = guessTargets(scenario);
	checkFlags(meant, vocabulary, findings);
	checkReach(meant, findings);
	return {
		scenario: shape.output,
		problems: sortProblems([...shape.problems, ...findings.problems])
	};
}

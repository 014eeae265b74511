/** What a workplace has written in a form, by the names of its fields; nothing for an empty one. */
export type PlanAnswers = Readonly<Record<string, string>>;

export interface MergedPlan {
	answers: PlanAnswers;
	/** What others had written meanwhile and what stands in its place now, by field. */
	overwritten: { field: string; theirs: string }[];
}

/**
 * Joins what two people wrote in one form: each field that only one of them has changed since `base`
 * keeps that change; where both have, `mine` stands, and what it took the place of is told. Fields that
 * `mine` does not have, since the form has none of that name any more, are kept.
 */
export function mergePlan(base: PlanAnswers, theirs: PlanAnswers, mine: PlanAnswers): MergedPlan {
	const answers: Record<string, string> = {};
	const overwritten: MergedPlan['overwritten'] = [];
	for (const field of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
		const [was, stands] = [read(base, field), read(theirs, field)];
		const wanted = Object.hasOwn(mine, field) ? read(mine, field) : stands;
		const chosen = wanted === was ? stands : wanted;
		if (stands !== '' && stands !== was && stands !== chosen)
			overwritten.push({ field, theirs: stands });
		if (chosen !== '') answers[field] = chosen;
	}
	return { answers, overwritten };
}

/** Whether both say the same. */
export function isSamePlan(one: PlanAnswers, other: PlanAnswers): boolean {
	const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
	return [...fields].every((field) => read(one, field) === read(other, field));
}

function read(answers: PlanAnswers, field: string): string {
	return Object.hasOwn(answers, field) ? (answers[field] ?? '') : '';
}

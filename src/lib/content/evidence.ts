import * as v from 'valibot';
import { filledText, localised } from './localised.ts';
import { filledList, slug } from './slug.ts';

const finding = v.strictObject({
	slug,
	text: localised,
	/** How much it can bear: a review of research, one study, an estimate, one person's account, advice, our own choice, or that nobody knows. */
	strength: v.picklist(['review', 'study', 'estimate', 'account', 'advice', 'own', 'unknown']),
	source: localised,
	/** Modules that say more, as `course/module`. */
	modules: v.optional(v.array(filledText), [])
});

const topic = v.strictObject({ slug, title: localised, findings: filledList(finding) });

/** evidence.yaml: what is known about the approach, what is not, and how much each of it can bear. */
export const evidenceFile = v.strictObject({ topics: filledList(topic) });

export type Evidence = v.InferOutput<typeof evidenceFile>;
export type EvidenceTopic = v.InferOutput<typeof topic>;
export type Finding = v.InferOutput<typeof finding>;

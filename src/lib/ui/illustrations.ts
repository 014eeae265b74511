/** The drawings there are, by the name that content and pages call them. */
export const illustrations = [
	'crisis-centre',
	'drop-in',
	'empty',
	'horizon',
	'job-centre',
	'office',
	'outdoors',
	'psychiatric-ward',
	'residential-home',
	'shelter',
	'substance-use-centre',
	'supported-housing',
	'telephone',
	'what-is-trauma',
	'when-it-heats-up'
] as const;

export type IllustrationName = (typeof illustrations)[number];

/** The drawing of that name, or the open horizon where none has been made yet. */
export function findIllustration(name: string): IllustrationName {
	return illustrations.find((drawn) => drawn === name) ?? 'horizon';
}

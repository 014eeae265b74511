/** What a draft has several of, each under a stable random id. */
export const partKinds = ['person', 'gauge', 'word', 'scene', 'choice', 'auto', 'ask'] as const;
export type PartKind = (typeof partKinds)[number];

/**
 * Where something stands in a draft: stable ids joined by strokes, such as `scenario/title`,
 * `scene/ID`, `scene/ID/text`, `choice/ID/effect/GAUGE`. A text of two languages ends in `/da` or
 * `/en`. Places hold still while names, order and words change; comments are pinned to them.
 */
export type Place = string;

/** The place of a part. */
export function partPlace(kind: PartKind, id: string): Place {
	return `${kind}/${id}`;
}

/** The kind, the id and what lies below of a place within a part; undefined for one of the scenario itself. */
export function readPlace(
	place: Place
): { kind: PartKind; id: string; rest: string[] } | undefined {
	const [kind, id, ...rest] = place.split('/');
	const known = partKinds.find((one) => one === kind);
	return known && id ? { kind: known, id, rest } : undefined;
}

/** The id of the part that a place lies in, or undefined. */
export function idOf(place: Place): string | undefined {
	return readPlace(place)?.id;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new id of a part: twelve letters and digits, which two authors never make alike. */
export function newPartId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(12));
	return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}

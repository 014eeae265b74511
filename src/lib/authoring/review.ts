import { assign, initialTransition, setup, transition, type SnapshotFrom } from 'xstate';

/** The two keys that publishing takes: knowledge of the subject, and having lived it. */
export const reviewKeys = ['subject', 'lived-experience'] as const;
export type ReviewKey = (typeof reviewKeys)[number];

/** The part of a version that is everything but its scenes; a scene is a part under its own name. */
export const headPart = ':head';

/** A draft as it was sent: what is to be approved, and who may not. */
export interface FrozenVersion {
	/** Names the version. */
	id: string;
	/** The hash of each part, by the part's name. */
	parts: Readonly<Record<string, string>>;
	/** Who wrote anything of it that was not published before. */
	authors: readonly string[];
	/** Who wrote last; null where that person is gone. */
	lastAuthor: string | null;
	/** Errors that the check finds in it. */
	problems: number;
}

/** That somebody has turned a key for exactly this content of a part. */
export interface Approval {
	part: string;
	hash: string;
	key: ReviewKey;
	by: string;
}

/** Who holds each key now. */
export type KeyHolders = Readonly<Record<ReviewKey, readonly string[]>>;

export type ReviewEvent =
	| { type: 'send'; version: FrozenVersion }
	| { type: 'approve'; by: string; key: ReviewKey; parts: Readonly<Record<string, string>> }
	| { type: 'revoke'; by: string; key: ReviewKey; parts: readonly string[] }
	| { type: 'ask-for-changes' }
	| { type: 'take-back' }
	| { type: 'publish'; openMusts: number; holders: KeyHolders };

interface ReviewContext {
	/** What is being reviewed, or was last; null before anything was sent. */
	version: FrozenVersion | null;
	/** At most one for each part and key, each of what the part says in the version above. */
	approvals: readonly Approval[];
}

/**
 * The reviews of one draft, from its first version to whatever was sent last. It is used purely: what
 * happened is kept as events, and where the review stands is replayed from them.
 *
 * - A version has parts: its head (title, notes, people, gauges, authors, where it begins) and each scene.
 *   Its number and the order in which scenes stand in the file are no content and belong to no part.
 * - An approval is of one part's hash by one key. A new version keeps the approvals of parts that say the
 *   same, and loses the others; so an edit takes back only what it touched.
 * - The two keys of a version are turned by different people: whoever has turned one for any part turns
 *   the other for none.
 * - Who wrote last turns no key, and what they approved before they wrote is taken back. Nor does who wrote
 *   all of it alone. Another author may turn one, but then the other key of the same part is turned by
 *   somebody who wrote none of it: no part is approved by its authors alone.
 * - A version is published when each of its parts has both keys, turned by people who hold them still,
 *   no problem is open in it and no comment that must be resolved is.
 * - Somebody who asks for changes ends the round: nothing is approved or published before a version is
 *   sent again, be it the same one. Authors may take a version back, and send another at any time.
 */
export const reviewMachine = setup({
	types: { context: {} as ReviewContext, events: {} as ReviewEvent },
	guards: {
		mayApprove: ({ context, event }) => event.type === 'approve' && !findHindrance(context, event),
		hasApproved: ({ context, event }) =>
			event.type === 'revoke' && context.approvals.some((one) => isRevoked(one, event)),
		isApproved: ({ context, event }) =>
			event.type === 'publish' && assess(context, event).isPublishable
	},
	actions: {
		receive: assign(({ context, event }) =>
			event.type === 'send'
				? { version: event.version, approvals: keepApprovals(context.approvals, event.version) }
				: {}
		),
		approve: assign(({ context: { approvals }, event }) =>
			event.type === 'approve' ? { approvals: addApprovals(approvals, event) } : {}
		),
		revoke: assign(({ context: { approvals }, event }) =>
			event.type === 'revoke'
				? { approvals: approvals.filter((one) => !isRevoked(one, event)) }
				: {}
		)
	}
}).createMachine({
	id: 'review',
	context: { version: null, approvals: [] },
	initial: 'writing',
	on: { send: { target: '.in-review', actions: 'receive' } },
	states: {
		writing: {},
		'in-review': {
			on: {
				approve: { guard: 'mayApprove', actions: 'approve' },
				revoke: { guard: 'hasApproved', actions: 'revoke' },
				'ask-for-changes': 'changes-asked',
				'take-back': 'writing',
				publish: { guard: 'isApproved', target: 'published' }
			}
		},
		'changes-asked': { on: { 'take-back': 'writing' } },
		published: {}
	}
});

export type ReviewState = SnapshotFrom<typeof reviewMachine>;
export type ReviewStage = ReviewState['value'];

/** Where a review stands before anything has happened. */
export function openReview(): ReviewState {
	return initialTransition(reviewMachine)[0];
}

/** Whether an event can happen as things stand. */
export function canHappen(state: ReviewState, event: ReviewEvent): boolean {
	return state.can(event);
}

/** Where a review stands after an event; one that cannot happen leaves it as it was. */
export function happen(state: ReviewState, event: ReviewEvent): ReviewState {
	return transition(reviewMachine, state, event)[0];
}

/** What is kept of an event; `by` is null once that person is gone. */
export type KeptEvent =
	| Exclude<ReviewEvent, { by: string }>
	| (Omit<Extract<ReviewEvent, { type: 'approve' }>, 'by'> & { by: string | null })
	| (Omit<Extract<ReviewEvent, { type: 'revoke' }>, 'by'> & { by: string | null });

/**
 * Where a review stands after all that was kept of it. What somebody approved who is gone by now does
 * not count any more; what was published stays so.
 */
export function replayReview(events: readonly KeptEvent[]): ReviewState {
	let state = openReview();
	for (const event of events) {
		if ('by' in event && event.by === null) continue;
		const before = state;
		state = happen(state, event as ReviewEvent); // `by` is there, as was just seen
		if (event.type === 'publish' && state.value !== 'published')
			state = reviewMachine.resolveState({ value: 'published', context: before.context });
	}
	return state;
}

/** Why somebody cannot turn a key. */
export type Hindrance =
	/** It is not what is being reviewed now. */
	| 'another-version'
	| 'last-author'
	| 'only-author'
	/** They have turned the other key. */
	| 'other-key'
	/** Both keys of a part would be turned by its authors. */
	| 'authors-alone';

/** What keeps somebody from turning a key for some parts; undefined where nothing does. */
export function findHindrance(
	{ version, approvals }: ReviewContext,
	{ by, key, parts }: Omit<Extract<ReviewEvent, { type: 'approve' }>, 'type'>
): Hindrance | undefined {
	const named = Object.entries(parts);
	if (version === null || named.length === 0) return 'another-version';
	const isOfVersion = ([part, hash]: [string, string]) =>
		Object.hasOwn(version.parts, part) && version.parts[part] === hash;
	if (!named.every(isOfVersion)) return 'another-version';
	const excluded = findExclusion(version, by);
	if (excluded) return excluded;
	const others = approvals.filter((one) => one.key !== key);
	if (others.some((one) => one.by === by)) return 'other-key';
	const isByAuthor = (one: Approval) =>
		Object.hasOwn(parts, one.part) && version.authors.includes(one.by);
	if (version.authors.includes(by) && others.some(isByAuthor)) return 'authors-alone';
	return undefined;
}

/** Why somebody can turn no key of a version at all, whatever it says. */
export function findExclusion(
	{ authors, lastAuthor }: FrozenVersion,
	by: string
): 'last-author' | 'only-author' | undefined {
	if (by === lastAuthor) return 'last-author';
	return authors.length === 1 && authors[0] === by ? 'only-author' : undefined;
}

/** How far a part has come. */
export interface PartStanding {
	part: string;
	hash: string;
	/** Who has turned each key for it. */
	turned: Readonly<Record<ReviewKey, string | null>>;
}

export interface ReviewStanding {
	parts: readonly PartStanding[];
	/** Parts that have both keys. */
	approved: number;
	isPublishable: boolean;
}

/** What a version still lacks, given who holds the keys and how many comments must be resolved. */
export function assess(
	{ version, approvals }: ReviewContext,
	{ openMusts, holders }: { openMusts: number; holders: KeyHolders }
): ReviewStanding {
	if (version === null) return { parts: [], approved: 0, isPublishable: false };
	const counts = approvals.filter(
		({ part, hash, key, by }) =>
			version.parts[part] === hash && holders[key].includes(by) && !findExclusion(version, by)
	);
	const find = (part: string, key: ReviewKey) =>
		counts.find((one) => one.part === part && one.key === key)?.by ?? null;
	const parts = Object.entries(version.parts).map(([part, hash]) => ({
		part,
		hash,
		turned: { subject: find(part, 'subject'), 'lived-experience': find(part, 'lived-experience') }
	}));
	const isAuthor = (by: string | null) => by !== null && version.authors.includes(by);
	const approved = parts.filter(({ turned }) => {
		const [one, other] = [turned.subject, turned['lived-experience']];
		return one !== null && other !== null && !(isAuthor(one) && isAuthor(other));
	}).length;
	const turnedBy = (key: ReviewKey) => parts.flatMap(({ turned }) => turned[key] ?? []);
	const areApart = turnedBy('subject').every((one) => !turnedBy('lived-experience').includes(one));
	const isPublishable =
		parts.length > 0 &&
		approved === parts.length &&
		areApart &&
		version.problems === 0 &&
		openMusts === 0;
	return { parts, approved, isPublishable };
}

function keepApprovals(approvals: readonly Approval[], version: FrozenVersion): Approval[] {
	return approvals.filter(
		({ part, hash, by }) =>
			Object.hasOwn(version.parts, part) &&
			version.parts[part] === hash &&
			!findExclusion(version, by)
	);
}

function addApprovals(
	approvals: readonly Approval[],
	{ by, key, parts }: Extract<ReviewEvent, { type: 'approve' }>
): Approval[] {
	const others = approvals.filter((one) => one.key !== key || !Object.hasOwn(parts, one.part));
	return [...others, ...Object.entries(parts).map(([part, hash]) => ({ part, hash, key, by }))];
}

function isRevoked(
	{ by, key, part }: Approval,
	event: Extract<ReviewEvent, { type: 'revoke' }>
): boolean {
	return by === event.by && key === event.key && event.parts.includes(part);
}

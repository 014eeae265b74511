import fc from 'fast-check';
import { getAdjacencyMap } from 'xstate/graph';
import { describe, expect, test } from 'vitest';
import {
	assess,
	canHappen,
	findHindrance,
	happen,
	openReview,
	replayReview,
	reviewKeys,
	reviewMachine,
	type FrozenVersion,
	type KeyHolders,
	type ReviewEvent,
	type ReviewKey,
	type ReviewState
} from './review.ts';

// Ane wrote first, Bo wrote last; Sif and Lis review, and Max holds both keys.
const everybody = ['ane', 'bo', 'sif', 'lis', 'max'];
const holders: KeyHolders = { subject: everybody, 'lived-experience': everybody };

const first: FrozenVersion = {
	id: 'first',
	parts: { ':head': 'h1', door: 'd1' },
	authors: ['ane', 'bo'],
	lastAuthor: 'bo',
	problems: 0
};
/** The door was mended, by Ane. */
const mended: FrozenVersion = {
	...first,
	id: 'mended',
	parts: { ':head': 'h1', door: 'd2' },
	lastAuthor: 'ane'
};
const faulty: FrozenVersion = { ...first, id: 'faulty', problems: 1 };

const send = (version: FrozenVersion): ReviewEvent => ({ type: 'send', version });
const approve = (
	by: string,
	key: ReviewKey,
	parts: Readonly<Record<string, string>> = first.parts
): ReviewEvent => ({ type: 'approve', by, key, parts });
const publish: ReviewEvent = { type: 'publish', openMusts: 0, holders };

const after = (...events: ReviewEvent[]) => events.reduce(happen, openReview());
const bothKeys = [approve('sif', 'subject'), approve('lis', 'lived-experience')];

/**
 * Whether what was sent last may be published, worked out from nothing but the list of what happened
 * and the words of the rule: the second opinion on the machine.
 */
function mayPublish(history: readonly ReviewEvent[], { openMusts, holders }: Publishing): boolean {
	const sent = history.findLastIndex(({ type }) => type === 'send');
	const event = history[sent];
	if (event?.type !== 'send' || openMusts > 0 || event.version.problems > 0) return false;
	if (history.slice(sent).some(({ type }) => isOver(type))) return false;
	const { parts, authors, lastAuthor } = event.version;
	const turned = new Map<string, string>();
	for (const one of history) {
		if (one.type === 'approve')
			for (const [part, hash] of Object.entries(one.parts))
				turned.set(`${part} ${hash} ${one.key}`, one.by);
		if (one.type === 'revoke')
			for (const [place, by] of turned)
				if (by === one.by && place.endsWith(one.key) && one.parts.includes(place.split(' ')[0]!))
					turned.delete(place);
		if (one.type === 'send')
			for (const [place, by] of turned) {
				const [part = '', hash] = place.split(' ');
				if (one.version.parts[part] !== hash || one.version.lastAuthor === by) turned.delete(place);
			}
	}
	const by: Record<ReviewKey, Set<string>> = { subject: new Set(), 'lived-experience': new Set() };
	for (const [part, hash] of Object.entries(parts)) {
		const pair = reviewKeys.map((key) => turned.get(`${part} ${hash} ${key}`));
		for (const [at, key] of reviewKeys.entries()) {
			const person = pair[at];
			if (person === undefined || person === lastAuthor || !holders[key].includes(person))
				return false;
			by[key].add(person);
		}
		if (pair.every((person) => authors.includes(person!))) return false;
	}
	return by.subject.isDisjointFrom(by['lived-experience']);
}
type Publishing = Extract<ReviewEvent, { type: 'publish' }>;
const isOver = (type: string) => ['ask-for-changes', 'take-back', 'publish'].includes(type);

describe('a version is published', () => {
	test('when each part has both keys, turned by two people', () => {
		expect(after(send(first), ...bothKeys, publish).value).toBe('published');
	});

	test.each<[string, ReviewEvent[]]>([
		['with one key alone', [send(first), approve('sif', 'subject')]],
		[
			'where one person turns both keys',
			[send(first), approve('max', 'subject'), approve('max', 'lived-experience')]
		],
		[
			'where one person turns each key for another part',
			[
				send(first),
				approve('max', 'subject', { ':head': 'h1' }),
				approve('max', 'lived-experience', { door: 'd1' }),
				approve('sif', 'subject', { door: 'd1' }),
				approve('lis', 'lived-experience', { ':head': 'h1' })
			]
		],
		[
			'with a key of who wrote last',
			[send(first), approve('bo', 'subject'), approve('lis', 'lived-experience')]
		],
		[
			'with a key of who wrote all of it alone',
			[
				send({ ...first, authors: ['ane'], lastAuthor: null }),
				approve('ane', 'subject'),
				approve('lis', 'lived-experience')
			]
		],
		[
			'by its authors alone',
			[
				send({ ...first, authors: ['ane', 'sif', 'bo'] }),
				approve('ane', 'lived-experience'),
				approve('sif', 'subject')
			]
		],
		['where a part has changed since', [send(first), ...bothKeys, send(mended)]],
		['while a problem is open', [send(faulty), ...bothKeys]],
		[
			'after somebody has asked for changes',
			[send(first), ...bothKeys, { type: 'ask-for-changes' }]
		],
		['after it was taken back', [send(first), ...bothKeys, { type: 'take-back' }]],
		[
			'after a key was turned back',
			[send(first), ...bothKeys, { type: 'revoke', by: 'sif', key: 'subject', parts: ['door'] }]
		]
	])('not %s', (_, events) => {
		expect(canHappen(after(...events), publish)).toBe(false);
	});

	test('not while a comment must be resolved, nor by keys that were taken away', () => {
		const state = after(send(first), ...bothKeys);
		expect(canHappen(state, { ...publish, openMusts: 1 })).toBe(false);
		const withoutSif = { ...holders, subject: ['max'] };
		expect(canHappen(state, { ...publish, holders: withoutSif })).toBe(false);
		expect(canHappen(state, publish)).toBe(true);
	});

	test('with the key of an author who did not write last, beside one who wrote none of it', () => {
		const events = [approve('ane', 'lived-experience'), approve('sif', 'subject')];
		expect(after(send(first), ...events, publish).value).toBe('published');
	});
});

describe('an edit takes back', () => {
	test('only what it touched', () => {
		const { context } = after(send(first), ...bothKeys, send(mended));
		expect(assess(context, { openMusts: 0, holders }).parts).toEqual([
			{ part: ':head', hash: 'h1', turned: { subject: 'sif', 'lived-experience': 'lis' } },
			{ part: 'door', hash: 'd2', turned: { subject: null, 'lived-experience': null } }
		]);
	});

	test('every approval of who made it', () => {
		const events = [approve('ane', 'lived-experience'), approve('sif', 'subject')];
		const { context } = after(send(first), ...events, send(mended));
		expect(context.approvals).toEqual([{ part: ':head', hash: 'h1', key: 'subject', by: 'sif' }]);
	});
});

test('who cannot turn a key hears why', () => {
	const { context } = after(send(first), approve('max', 'subject', { door: 'd1' }));
	const why = (by: string, key: ReviewKey, parts = first.parts) =>
		findHindrance(context, { by, key, parts });
	expect(why('bo', 'subject')).toBe('last-author');
	expect(why('max', 'lived-experience')).toBe('other-key');
	expect(why('sif', 'subject', { door: 'd2' })).toBe('another-version');
	expect(why('sif', 'subject', {})).toBe('another-version');
	expect(why('lis', 'lived-experience')).toBeUndefined();
});

test('what somebody approved who is gone does not count, and what was published stays so', () => {
	const gone = { ...approve('sif', 'subject'), by: null } as const;
	const kept = [send(first), gone, approve('lis', 'lived-experience')];
	expect(canHappen(replayReview(kept), publish)).toBe(false);
	expect(replayReview([...kept, publish]).value).toBe('published');
});

const partsOfAll: Readonly<Record<string, string>>[] = [
	{ ':head': 'h1' },
	{ door: 'd1' },
	{ door: 'd2' },
	{ ':head': 'h1', door: 'd1' },
	{ ':head': 'h1', door: 'd2' }
];
const keyEvents = (people: readonly string[], choices = partsOfAll): ReviewEvent[] =>
	people.flatMap((by) =>
		reviewKeys.flatMap((key): ReviewEvent[] => [
			...choices.map((parts) => approve(by, key, parts)),
			{ type: 'revoke', by, key, parts: ['door'] }
		])
	);
const otherEvents: ReviewEvent[] = [
	send(first),
	send(mended),
	{ type: 'ask-for-changes' },
	{ type: 'take-back' },
	publish
];

/** A state that the walk over all of them has met, as far as it is read here. */
interface Walked {
	state: ReviewState;
	transitions: Readonly<Record<string, { event: ReviewEvent; state: ReviewState }>>;
}

test('every interleaving: no state of the machine is published without both keys of exactly that content', () => {
	// Ane and Bo are authors, of whom one is always the last; Max could turn both keys.
	const events = [
		...keyEvents(['ane', 'lis', 'max'], partsOfAll.slice(0, 3)),
		...otherEvents,
		{ ...publish, openMusts: 1 } as ReviewEvent
	];
	const map = getAdjacencyMap(reviewMachine, {
		events,
		serializeState: ({ value, context: { version, approvals } }) =>
			[value, version?.id, ...approvals.map((one) => Object.values(one).join()).toSorted()].join(
				' '
			)
	});
	const walked = Object.values(map) as Walked[]; // the types of the library lose the machine's
	let published = 0;
	for (const { state, transitions } of walked)
		for (const { event, state: next } of Object.values(transitions)) {
			if (event.type !== 'publish' || next.value !== 'published' || state.value === 'published')
				continue;
			published += 1;
			const { version, approvals } = state.context;
			expect(event.openMusts).toBe(0);
			for (const [part, hash] of Object.entries(version!.parts)) {
				const [one, other, ...more] = approvals.filter((each) => each.part === part);
				expect(more).toEqual([]);
				expect([one!.hash, other!.hash]).toEqual([hash, hash]);
				expect(new Set([one!.key, other!.key]).size).toBe(2);
				expect(new Set([one!.by, other!.by, version!.lastAuthor]).size).toBe(3);
			}
		}
	expect(walked.length).toBeGreaterThan(100);
	expect(published).toBeGreaterThan(0);
});

test('every history: the machine lets be published exactly what the rule lets', () => {
	const some = fc.oneof(
		fc.constantFrom(...keyEvents(everybody), ...otherEvents, send(faulty)),
		{ arbitrary: fc.constantFrom(...keyEvents(everybody, partsOfAll.slice(3))), weight: 4 },
		{ arbitrary: fc.constantFrom(send(first), send(mended), publish), weight: 2 }
	);
	let published = 0;
	fc.assert(
		fc.property(fc.array(some, { minLength: 10, maxLength: 50, size: 'max' }), (wished) => {
			let state = openReview();
			const history: ReviewEvent[] = [];
			for (const event of wished) {
				const can = canHappen(state, event);
				if (event.type === 'publish') expect(can).toBe(mayPublish(history, event));
				if (!can) continue;
				if (event.type === 'publish') published += 1;
				state = happen(state, event);
				history.push(event);
			}
			expect(replayReview(history)).toEqual(state);
		}),
		{ numRuns: 1_000 }
	);
	expect(published).toBeGreaterThan(50);
});

import * as Y from 'yjs';
import { OwnEdit } from './document.ts';
import type { Place } from './place.ts';

/** What is needed to undo on another day, as plain data that can be kept as JSON. */
export interface KeptSteps {
	undo: readonly KeptStep[];
	redo: readonly KeptStep[];
	/** Pieces that undoing has put back as new ones. */
	redone: readonly Redone[];
}
interface KeptStep {
	inserted: readonly Triple[];
	deleted: readonly Triple[];
	/** What stood in the pieces that are deleted; nobody else keeps it. */
	lost: readonly Lost[];
	places: readonly Place[];
}
type Triple = readonly [client: number, clock: number, length: number];
type Lost = readonly [client: number, clock: number, content: string | readonly unknown[]];
type Redone = readonly [...Triple, newClient: number, newClock: number];

/** So many steps are kept over visits. */
const mostKept = 200;
/** Typing in one text that follows within so many milliseconds is undone together. */
const together = 800;

/**
 * Undoes and redoes what was edited here, step by step, and never what others did: a text typed by another
 * within it stays, and a value that another has changed since is left alone. Undoing that a part was made
 * takes it away as removing it does.
 */
export class UndoSteps {
	readonly #doc: Y.Doc;
	readonly #manager: Y.UndoManager;
	#run: string | undefined;

	/** `kept` are steps of an earlier visit; where the document does not hold their pieces they are left out. */
	constructor(doc: Y.Doc, kept?: KeptSteps) {
		this.#doc = doc;
		this.#manager = new Y.UndoManager(doc, {
			captureTimeout: together,
			trackedOrigins: new Set([OwnEdit]),
			deleteFilter: isNotBirth
		});
		doc.on('beforeTransaction', this.#parts);
		this.#manager.on('stack-item-added', notePlaces);
		this.#manager.on('stack-item-updated', notePlaces);
		if (kept) this.#recall(kept);
	}

	get canUndo(): boolean {
		return this.#manager.canUndo();
	}

	get canRedo(): boolean {
		return this.#manager.canRedo();
	}

	/** Undoes the last step and tells the places that it was about; empty where there was nothing to undo. */
	undo(): readonly Place[] {
		this.#run = undefined;
		return placesOf(this.#manager.undo());
	}

	/** Does again what was undone last, likewise. */
	redo(): readonly Place[] {
		this.#run = undefined;
		return placesOf(this.#manager.redo());
	}

	/** Calls back when there may be more or less to undo. Returns what ends it. */
	watch(tell: () => void): () => void {
		const events = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const;
		for (const event of events) this.#manager.on(event, tell);
		return () => {
			for (const event of events) this.#manager.off(event, tell);
		};
	}

	/** What is to be kept, so that these steps can be undone on another day. */
	keep(): KeptSteps {
		const write = (step: Step) => writeStep(this.#doc.store, step);
		const undo = this.#manager.undoStack.slice(-mostKept).map(write);
		const redo = this.#manager.redoStack.slice(-mostKept).map(write);
		const redone: Redone[] = [];
		for (const structs of this.#doc.store.clients.values()) {
			for (const struct of structs) {
				if (!(struct instanceof Y.Item) || struct.redone === null) continue;
				const { id, length, redone: to } = struct;
				redone.push([id.client, id.clock, length, to.client, to.clock]);
			}
		}
		return { undo, redo, redone };
	}

	/** Ends it; the document stays. */
	close(): void {
		this.#doc.off('beforeTransaction', this.#parts);
		this.#manager.destroy();
	}

	/** Only typing in one text runs on; every other edit is a step of its own. */
	readonly #parts = ({ origin }: Y.Transaction) => {
		if (!(origin instanceof OwnEdit)) return;
		if (origin.run === undefined || origin.run !== this.#run) this.#manager.stopCapturing();
		this.#run = origin.run;
	};

	#recall({ undo, redo, redone }: KeptSteps): void {
		const { store } = this.#doc;
		const holds = ([client, clock, length]: Triple) => Y.getState(store, client) >= clock + length;
		this.#doc.transact((transaction) => {
			for (const { lost } of [...undo, ...redo]) {
				for (const piece of lost) putBack(transaction, piece);
			}
			for (const [client, clock, length, newClient, newClock] of redone) {
				if (!holds([client, clock, length]) || !holds([newClient, newClock, length])) continue;
				const item = partPiece(transaction, [client, clock, length]);
				if (item instanceof Y.Item) item.redone = Y.createID(newClient, newClock);
			}
		}, 'recall');
		const read = ({ inserted, deleted, places }: KeptStep): Y.UndoManager['undoStack'] => {
			if (![...inserted, ...deleted].every(holds)) return [];
			if (!deleted.every((piece) => isThere(store, piece))) return [];
			const item = {
				insertions: readSet(inserted),
				deletions: readSet(deleted),
				meta: new Map([['places', new Set(places)]])
			};
			return [item];
		};
		this.#manager.undoStack.push(...undo.flatMap(read));
		this.#manager.redoStack.push(...redo.flatMap(read));
	}
}

type Step = Y.UndoManager['undoStack'][number];
type Store = Y.Doc['store'];

// What a part is, where it stands and what it is called were told when it was made: undoing that only takes it away.
function isNotBirth({ parentSub }: Y.Item): boolean {
	return parentSub === null || !/^[a-z]+\/[a-z0-9]+\/(?:in|order|key)$/u.test(parentSub);
}

function notePlaces({
	stackItem,
	changedParentTypes
}: {
	stackItem: Step;
	changedParentTypes: Y.Transaction['changedParentTypes'];
}): void {
	const places = readPlaces(stackItem);
	for (const [type, events] of changedParentTypes) {
		for (const event of events) {
			if (event instanceof Y.YMapEvent) for (const key of event.keysChanged) places.add(key);
		}
		if (type instanceof Y.Text && type.parent === null) places.add(Y.findRootTypeKey(type));
	}
	stackItem.meta.set('places', places);
}

function placesOf(step: Step | null): Place[] {
	return step === null ? [] : [...readPlaces(step)];
}

function readPlaces({ meta }: Step): Set<Place> {
	const places: unknown = meta.get('places');
	return places instanceof Set ? places : new Set<Place>();
}

function writeStep(store: Store, step: Step): KeptStep {
	const deleted = writeSet(step.deletions);
	return {
		inserted: writeSet(step.insertions),
		deleted,
		lost: deleted.flatMap((piece) => readLost(store, piece)),
		places: [...readPlaces(step)]
	};
}

function writeSet({ clients }: Step['insertions']): Triple[] {
	return [...clients].flatMap(([client, pieces]) =>
		pieces.map(({ clock, len }): Triple => [client, clock, len])
	);
}

function readSet(pieces: readonly Triple[]): Step['insertions'] {
	const set = Y.createDeleteSet();
	for (const [client, clock, length] of pieces) {
		const known = set.clients.get(client) ?? [];
		known.push({ clock, len: length });
		set.clients.set(client, known);
	}
	return set;
}

/** The items that a piece lies in, each with what of the piece is in it, counted from its beginning. */
function itemsOf(
	store: Store,
	[client, clock, length]: Triple
): { item: Y.Item; from: number; until: number }[] {
	const structs = store.clients.get(client);
	if (!structs || Y.getState(store, client) <= clock) return [];
	const found = [];
	for (let at = Y.findIndexSS(structs, clock); at < structs.length; at += 1) {
		const item = structs[at];
		if (!item || item.id.clock >= clock + length) break;
		if (!(item instanceof Y.Item)) continue;
		const from = Math.max(clock - item.id.clock, 0);
		const until = Math.min(clock + length - item.id.clock, item.length);
		found.push({ item, from, until });
	}
	return found;
}

function readLost(store: Store, piece: Triple): Lost[] {
	return itemsOf(store, piece).flatMap(({ item: { id, content }, from, until }): Lost[] => {
		const clock = id.clock + from;
		if (content instanceof Y.ContentString) {
			return [[id.client, clock, content.str.slice(from, until)]];
		}
		if (content instanceof Y.ContentAny)
			return [[id.client, clock, content.arr.slice(from, until)]];
		return [];
	});
}

/** Pieces are joined when they are loaded; both ends are parted again. Returns what begins there. */
function partPiece(transaction: Y.Transaction, [client, clock, length]: Triple): unknown {
	const end = clock + length;
	if (Y.getState(transaction.doc.store, client) > end) {
		Y.getItemCleanStart(transaction, Y.createID(client, end));
	}
	return Y.getItemCleanStart(transaction, Y.createID(client, clock));
}

/** Deleted words that the server has let go stand in their item again, deleted as before. */
function putBack(transaction: Y.Transaction, [client, clock, content]: Lost): void {
	const { store } = transaction.doc;
	const piece = [client, clock, content.length] as const;
	if (Y.getState(store, client) < clock + content.length) return;
	if (!itemsOf(store, piece).some(({ item }) => item.content instanceof Y.ContentDeleted)) return;
	partPiece(transaction, piece);
	for (const { item } of itemsOf(store, piece)) {
		if (!(item.content instanceof Y.ContentDeleted)) continue;
		const start = item.id.clock - clock;
		const part = content.slice(start, start + item.length);
		item.content =
			typeof part === 'string' ? new Y.ContentString(part) : new Y.ContentAny([...part]);
	}
}

/** Whether all that stood in a piece is known here. */
function isThere(store: Store, piece: Triple): boolean {
	return itemsOf(store, piece).every(({ item }) => !(item.content instanceof Y.ContentDeleted));
}

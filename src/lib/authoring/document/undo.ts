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
	places: readonly Place[];
}
type Triple = readonly [client: number, clock: number, length: number];
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
		const undo = this.#manager.undoStack.slice(-mostKept).map(writeStep);
		const redo = this.#manager.redoStack.slice(-mostKept).map(writeStep);
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
			for (const [client, clock, length, newClient, newClock] of redone) {
				if (!holds([client, clock, length]) || !holds([newClient, newClock, length])) continue;
				// Pieces were joined when they were loaded; both ends are parted again.
				const end = clock + length;
				if (Y.getState(store, client) > end) {
					Y.getItemCleanStart(transaction, Y.createID(client, end));
				}
				const item: unknown = Y.getItemCleanStart(transaction, Y.createID(client, clock));
				if (item instanceof Y.Item) item.redone = Y.createID(newClient, newClock);
			}
		}, 'recall');
		const read = ({ inserted, deleted, places }: KeptStep): Y.UndoManager['undoStack'] => {
			if (![...inserted, ...deleted].every(holds)) return [];
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

function writeStep(step: Step): KeptStep {
	return {
		inserted: writeSet(step.insertions),
		deleted: writeSet(step.deletions),
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

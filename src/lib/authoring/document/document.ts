/**
 * A scenario as several people write it at once: a Yjs document.
 *
 * - `createDocument()` makes an empty one, `startBlank(doc)` one to begin with (`edits.ts`);
 *   `loadYaml(text, file)`, `loadFields(doc, fields)` fill it, also to restore a version (`load.ts`).
 * - `readDraft(doc)` gives all of it as plain data with stable ids, finished or not (`draft.ts`, `read.ts`).
 * - `writeYaml(doc)` gives the canonical text of the file, `draftFields(draft)` the same as fields,
 *   `checkDraft(draft, vocabulary)` the problems, each with its `place` (`write.ts`, `trace.ts`).
 * - Everything that changes a draft is a function of `edits.ts`: `setText`, `addScene`, `remove`, …
 * - `UndoSteps` undoes one's own edits and no one else's, and can be kept over visits (`undo.ts`).
 * - `watchDocument(doc, …)` tells the places that changed.
 *
 * How it is laid out, and why. There are two sorts of things in the document, both found by their
 * place (`place.ts`): one Y.Text for each text, and one Y.Map of fields that holds everything else, a
 * value at a place. Both stand at the root, under names that follow from stable ids. So nothing is
 * ever made inside something else: two people who do the same at the same time never have one of
 * their works replaced by the other's, and what is typed stays whatever becomes of the scene around
 * it. A part (a scene, a choice, …) is there while its field `removed` is `false`; taking it away sets
 * that to `true`, and nothing else. Lists are parts with a field `order` (`order.ts`). References hold
 * ids; what is no id of the draft is a name that leads nowhere, and is kept as it was written.
 *
 * Documents in somebody's hands keep what was deleted (`gc: false`), because undoing it must be possible;
 * what is stored does not (`encodeWithoutDeleted`). Whoever deleted it has it on their own device for as
 * long as they can undo it (`undo.ts`).
 */
import * as Y from 'yjs';
import type { Place } from './place.ts';

/** What may stand in a field. */
export type FieldValue = string | number | boolean | null | readonly FieldValue[] | FieldRecord;
export interface FieldRecord {
	readonly [key: string]: FieldValue;
}

/** What an edit of one's own carries through Yjs; anything else came from elsewhere. */
export class OwnEdit {
	/** Edits of one sort that follow each other closely are undone together; others by themselves. */
	readonly run: string | undefined;
	constructor(run?: string) {
		this.run = run;
	}
}

export function createDocument(): Y.Doc {
	return new Y.Doc({ gc: false });
}

/** All of a document as one update, in which nothing can be read that was deleted. */
export function encodeWithoutDeleted(doc: Y.Doc): Uint8Array {
	const clean = new Y.Doc();
	takeUpdate(clean, Y.encodeStateAsUpdate(doc));
	const update = Y.encodeStateAsUpdate(clean);
	clean.destroy();
	return update;
}

/** Everything but texts, by place. */
export function fieldsOf(doc: Y.Doc): Y.Map<FieldValue> {
	return doc.getMap('fields');
}

/** The text at a place; an empty one is there before anybody has typed. */
export function textAt(doc: Y.Doc, place: Place): Y.Text {
	return doc.getText(place);
}

/**
 * Does several edits as one: they are sent, shown and undone together. `run` names typing that may
 * be undone together with what was typed right before.
 */
export function edit<T>(doc: Y.Doc, change: () => T, run?: string): T {
	return doc.transact(change, new OwnEdit(run));
}

/** Takes in what came from elsewhere. Raises an error on bytes that are no update. */
export function takeUpdate(doc: Y.Doc, update: Uint8Array): void {
	Y.applyUpdate(doc, update, 'elsewhere');
}

/**
 * Calls back after every change, with the places of the fields and texts that are different now and
 * whether it was an edit made here. Returns what ends it.
 */
export function watchDocument(
	doc: Y.Doc,
	tell: (places: ReadonlySet<Place>, own: boolean) => void
): () => void {
	const fields: unknown = fieldsOf(doc);
	const listen = (transaction: Y.Transaction) => {
		const places = new Set<Place>();
		for (const [type, keys] of transaction.changed) {
			if (type === fields) for (const key of keys) if (key !== null) places.add(key);
			if (type !== fields && type.parent === null) places.add(Y.findRootTypeKey(type));
		}
		if (places.size > 0) tell(places, transaction.local);
	};
	doc.on('afterTransaction', listen);
	return () => doc.off('afterTransaction', listen);
}

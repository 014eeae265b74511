import * as Y from 'yjs';
import type { App } from '#lib/app.ts';
import { createDocument } from './document/document.ts';

/** So many documents are held at once; those not used for longest are read again when they are. */
const mostHeld = 40;

/** A document as the store has it, so that not every update has to read all those before it. */
export interface HeldDocument {
	readonly doc: Y.Doc;
	/** Number of the last update in it. */
	n: number;
	/** Number of the last update of which the store has only the sum. */
	compacted: number;
}

const held = new WeakMap<App, Map<string, HeldDocument>>();
const turns = new WeakMap<App, Map<string, Promise<unknown>>>();

/** The document of a draft as it was last held; an empty one where it is not. */
export function takeHeld(app: App, draft: string): HeldDocument {
	const all = heldOf(app);
	const known = all.get(draft) ?? { doc: createDocument(), n: 0, compacted: 0 };
	all.delete(draft);
	all.set(draft, known);
	const [oldest] = all.keys();
	if (all.size > mostHeld && oldest !== undefined) forgetHeld(app, oldest);
	return known;
}

/** Drops a document that may hold what the store does not. */
export function forgetHeld(app: App, draft: string): void {
	heldOf(app).get(draft)?.doc.destroy();
	heldOf(app).delete(draft);
}

/** Does one thing at a time with a draft. */
export async function inTurn<T>(app: App, draft: string, work: () => Promise<T>): Promise<T> {
	const all = turns.get(app) ?? new Map<string, Promise<unknown>>();
	turns.set(app, all);
	const before = all.get(draft);
	const mine = (async () => {
		await before?.catch(() => undefined);
		return work();
	})();
	all.set(draft, mine);
	try {
		return await mine;
	} finally {
		if (all.get(draft) === mine) all.delete(draft);
	}
}

/**
 * Takes an update into a held document and returns what of it was new there, which is all that has to be
 * kept; an update of nothing where all of it was there already.
 *
 * @throws {RangeError} on bytes that are no update. {@link OutOfOrder} where it builds on something
 * that the document does not have. The document is of no use afterwards.
 */
export function takeIn({ doc }: HeldDocument, body: Uint8Array): Uint8Array {
	let taken: Uint8Array = nothing;
	const note = (update: Uint8Array) => {
		taken = update;
	};
	doc.on('update', note);
	try {
		Y.applyUpdate(doc, body, 'elsewhere');
	} catch (thrown) {
		throw new RangeError('these bytes are no update', { cause: thrown });
	} finally {
		doc.off('update', note);
	}
	if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new OutOfOrder();
	return taken;
}

/** An update came before one that it builds on. */
export class OutOfOrder extends Error {
	override readonly name = 'OutOfOrder';
}

/** The bytes of an update that changes nothing. */
export const nothing: Uint8Array = Uint8Array.of(0, 0);

function heldOf(app: App): Map<string, HeldDocument> {
	const all = held.get(app) ?? new Map<string, HeldDocument>();
	held.set(app, all);
	return all;
}

import { unsentDatabase, unsentPrefix } from '#lib/ui/live/sign-out.ts';
import type { KeptSteps } from '../document/undo.ts';

/** A change that nobody has acknowledged. */
export interface UnsentUpdate {
	id: string;
	update: Uint8Array;
}

/** What the device keeps of somebody's writing in one draft, so that it outlives the page. */
export interface Shelf {
	/** In the order in which they were put. */
	list(): Promise<UnsentUpdate[]>;
	/** Keeps a change, in place of one of the same id. */
	put(unsent: UnsentUpdate): Promise<void>;
	/** Forgets a change; with `size`, only where it is still that long. */
	drop(id: string, size?: number): Promise<void>;
	/** What is needed to undo on another day. */
	readSteps(): Promise<KeptSteps | undefined>;
	keepSteps(steps: KeptSteps): Promise<void>;
	close(): void;
}

/** A shelf that is gone with the page: on a shared tablet, or where a browser keeps nothing. */
export function makePassingShelf(): Shelf {
	const updates = new Map<string, Uint8Array>();
	let steps: KeptSteps | undefined;
	return {
		list: async () => [...updates].map(([id, update]) => ({ id, update })),
		put: async ({ id, update }) => void updates.set(id, update),
		drop: async (id, size) => {
			if (size === undefined || updates.get(id)?.length === size) updates.delete(id);
		},
		readSteps: async () => steps,
		keepSteps: async (kept) => {
			steps = kept;
		},
		close: () => undefined
	};
}

/**
 * The shelf of one writer in one draft. It is bound to what the server calls them, and emptied as they
 * sign out. Where the browser keeps nothing, one that is gone with the page. It is there at once; what it
 * is asked waits for the browser to open its database, in the order in which it was asked.
 */
export function openShelf(writer: string, draft: string): Shelf {
	const opened = openDatabase().then((database) =>
		database === null ? makePassingShelf() : new KeptShelf(database, writer, draft)
	);
	return {
		list: async () => (await opened).list(),
		put: async (unsent) => (await opened).put(unsent),
		drop: async (id, size) => (await opened).drop(id, size),
		readSteps: async () => (await opened).readSteps(),
		keepSteps: async (steps) => (await opened).keepSteps(steps),
		close: () => void opened.then((shelf) => shelf.close())
	};
}

interface Row {
	id: string;
	owner: string;
	/** Counts up, also over reloads. */
	at: number;
	update: Uint8Array;
}

const updates = 'updates';
const steps = 'steps';
const byOwner = 'owner';

function openDatabase(): Promise<IDBDatabase | null> {
	return new Promise((resolve) => {
		try {
			const request = indexedDB.open(unsentDatabase, 1);
			request.onupgradeneeded = () => {
				const store = request.result.createObjectStore(updates, { keyPath: 'id' });
				store.createIndex(byOwner, byOwner);
				request.result.createObjectStore(steps);
			};
			request.onsuccess = () => {
				// Signing out takes it away.
				request.result.onversionchange = () => request.result.close();
				resolve(request.result);
			};
			request.onerror = () => resolve(null);
			request.onblocked = () => resolve(null);
		} catch {
			resolve(null);
		}
	});
}

class KeptShelf implements Shelf {
	readonly #database: IDBDatabase;
	readonly #owner: string;
	#last = Date.now();

	constructor(database: IDBDatabase, writer: string, draft: string) {
		this.#database = database;
		this.#owner = `${draft} ${writer}`;
	}

	async list(): Promise<UnsentUpdate[]> {
		const rows = await this.#ask<Row[]>(updates, 'readonly', (store) =>
			store.index(byOwner).getAll(this.#owner)
		);
		return (rows ?? []).toSorted((a, b) => a.at - b.at);
	}

	async put({ id, update }: UnsentUpdate): Promise<void> {
		this.#mark(true);
		const at = ++this.#last;
		await this.#ask(updates, 'readwrite', (store) =>
			store.put({ id, owner: this.#owner, at, update } satisfies Row)
		);
	}

	async drop(id: string, size?: number): Promise<void> {
		const row = await this.#ask<Row>(updates, 'readonly', (store) => store.get(id));
		if (row && (size === undefined || row.update.length === size)) {
			await this.#ask(updates, 'readwrite', (store) => store.delete(id));
		}
		const left = await this.#ask<number>(updates, 'readonly', (store) =>
			store.index(byOwner).count(this.#owner)
		);
		if (left === 0) this.#mark(false);
	}

	readSteps(): Promise<KeptSteps | undefined> {
		return this.#ask<KeptSteps>(steps, 'readonly', (store) => store.get(this.#owner));
	}

	async keepSteps(kept: KeptSteps): Promise<void> {
		await this.#ask(steps, 'readwrite', (store) => store.put(kept, this.#owner));
	}

	close(): void {
		this.#database.close();
	}

	/** A sign for signing out that something waits here; it cannot wait for a database to tell. */
	#mark(waits: boolean): void {
		try {
			const key = `${unsentPrefix}${this.#owner}`;
			if (waits) localStorage.setItem(key, 'draft');
			else localStorage.removeItem(key);
		} catch {
			// Then nobody is asked.
		}
	}

	/** Undefined where the database is gone, or full: what is in the page is still sent. */
	#ask<T>(
		name: string,
		mode: IDBTransactionMode,
		ask: (store: IDBObjectStore) => IDBRequest
	): Promise<T | undefined> {
		return new Promise((resolve) => {
			try {
				const transaction = this.#database.transaction(name, mode);
				const request = ask(transaction.objectStore(name));
				transaction.oncomplete = () => resolve(request.result as T | undefined); // as it was put
				transaction.onerror = () => resolve(undefined);
				transaction.onabort = () => resolve(undefined);
				// A page that goes does not stay to hear that it was written: what is asked for is all.
				if (mode === 'readwrite') transaction.commit();
			} catch {
				resolve(undefined);
			}
		});
	}
}

/**
 * How the built app hears that its server stops. The app is bundled and the server is not, so the
 * two meet on the global object.
 */
interface Shutdown {
	stopping: Set<() => void>;
	closing: Set<() => Promise<void>>;
}

const key = Symbol.for('holdepunkt.shutdown');
const shared = globalThis as typeof globalThis & { [key]?: Shutdown }; // ours alone, by its symbol
const shutdown = (shared[key] ??= { stopping: new Set(), closing: new Set() });

/**
 * Calls `stop` as soon as the server begins to stop, while requests are still under way: for what
 * would never end by itself, such as event streams. Returns how to take that back.
 */
export function onStopping(stop: () => void): () => void {
	shutdown.stopping.add(stop);
	return () => void shutdown.stopping.delete(stop);
}

/** Calls `close` once the last request is answered, before the process ends. */
export function onClosing(close: () => Promise<void>): () => void {
	shutdown.closing.add(close);
	return () => void shutdown.closing.delete(close);
}

/** Tells everybody that the server stops. */
export function announceStop(): void {
	for (const stop of shutdown.stopping) stop();
}

/** Closes everything, last opened first, also when something fails to; then throws what failed. */
export async function closeAll(): Promise<void> {
	const faults: unknown[] = [];
	for (const close of [...shutdown.closing].reverse()) {
		await close().catch((fault: unknown) => faults.push(fault));
	}
	shutdown.closing.clear();
	shutdown.stopping.clear();
	if (faults.length > 0) throw new AggregateError(faults, 'something could not be closed');
}

/**
 * Wakes those who wait for something new on a channel. What is new they read for themselves from
 * where it is kept, so that a ring that nobody hears loses nothing.
 */

/** Somebody who waits on a channel. */
export interface Listener {
	/** Something new can be read. */
	ring(): void;
	/** Something that is kept nowhere. */
	whisper(data: unknown): void;
}

const listening = new Map<string, Set<Listener>>();

/** Carries what is told here to the other processes of an installation. */
export interface Relay {
	ring(channel: string): void;
	whisper(channel: string, data: unknown): void;
}

let relay: Relay | undefined;

/** Has everything told by `other` as well from now on; undefined for this process alone. */
export function relayThrough(other: Relay | undefined): void {
	relay = other;
}

/** Tells whoever listens on this channel that there is something new to be read. */
export function ringChannel(channel: string): void {
	ringHere(channel);
	relay?.ring(channel);
}

/** Tells whoever listens right now: presence, a cursor. It is kept nowhere, and lost where nobody does. */
export function whisper(channel: string, data: unknown): void {
	whisperHere(channel, data);
	relay?.whisper(channel, data);
}

/** Tells those of this process, as another asks. */
export function ringHere(channel: string): void {
	for (const listener of [...(listening.get(channel) ?? [])]) listener.ring();
}

/** Tells those of this process something that another passes on. */
export function whisperHere(channel: string, data: unknown): void {
	for (const listener of [...(listening.get(channel) ?? [])]) listener.whisper(data);
}

/** Has everybody of this process look, where what others have told may have been lost. */
export function ringAllHere(): void {
	for (const channel of [...listening.keys()]) ringHere(channel);
}

/** Has `listener` hear this channel; returns how to take that back, which may be done twice. */
export function listenTo(channel: string, listener: Listener): () => void {
	const all = listening.get(channel) ?? new Set();
	listening.set(channel, all.add(listener));
	return () => {
		all.delete(listener);
		if (all.size === 0 && listening.get(channel) === all) listening.delete(channel);
	};
}

/** How many listen on any channel now. */
export function countAllListeners(): number {
	return listening.values().reduce((sum, all) => sum + all.size, 0);
}

/** How many listen on this channel now. */
export function countListeners(channel: string): number {
	return listening.get(channel)?.size ?? 0;
}

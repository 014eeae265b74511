import type { Writer } from '#lib/server/db/store.ts';

/** How somebody proved who they are; `entry` is a link or a code that works once. */
export type SignInMethod = 'password' | 'demonstration' | 'entry';

export interface Session {
	person: string;
	/** When it ends unless it is used. */
	expiresAt: Date;
	/** When it ends whatever happens. */
	endsAt: Date;
	reauthenticatedAt: Date;
	method: SignInMethod;
	/** What the person's own list calls it. */
	handle: string;
	/** On a tablet that others use too. */
	isShared: boolean;
	/** After how many minutes without use it ends. */
	idleMinutes: number;
	/** True when reading it has put its end off, so that the cookie must be sent again. */
	prolonged: boolean;
}

/** A session as the person themself may see it. */
export interface OwnSession {
	/** What it is ended by; nobody gets in with it. */
	handle: string;
	begunAt: Date;
	/** Browser and system in two words, such as `Firefox, Android`; null where unknown. */
	device: string | null;
	isShared: boolean;
}

/** Where and how somebody comes in. */
export interface Arrival {
	/** Browser and system in two words. */
	device?: string | null;
	isShared?: boolean;
	/** The token of the session that ends as this one begins. */
	previous?: string | null;
}

/** What else is kept in the same transaction, before the session itself changes. */
export type Also = (tx: Writer) => Promise<void>;

/** What the rest of the program knows of sessions; the library behind it is named in one file only. */
export interface SessionStore {
	/** Begins a session and returns the token for the cookie, which is stored nowhere. */
	begin(
		person: string,
		method: SignInMethod,
		arrival?: Arrival,
		also?: Also
	): Promise<{ token: string; expiresAt: Date }>;
	/** The live session of a token, or null; a session that is used within its second half is prolonged. */
	read(token: string): Promise<Session | null>;
	/**
	 * Whose live session a token is, or null, without counting as use: for what asks again and again by
	 * itself, such as an open stream.
	 */
	peek(token: string): Promise<string | null>;
	/** Notes that the person has just shown again who they are. */
	refresh(token: string): Promise<void>;
	end(token: string, also?: Also): Promise<void>;
	/** The person's live sessions, latest first. */
	list(person: string): Promise<OwnSession[]>;
	/** Ends one of the person's own sessions; false where they have none of that handle. */
	endOne(person: string, handle: string, also?: Also): Promise<boolean>;
	/** Ends all sessions of a person, but for the one of the handle `except`; returns how many. */
	endAllOf(person: string, except?: string | null, also?: Also): Promise<number>;
	/** Deletes what has expired. */
	sweep(): Promise<void>;
}

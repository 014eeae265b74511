import type { Writer } from '#lib/server/db/store.ts';

/** How somebody proved who they are; `entry` is a link or a code that works once. */
export type SignInMethod = 'password' | 'demonstration' | 'entry' | 'passkey' | 'provider';

/** How a second factor was shown; `provider` where one vouches for that. */
export type ShownFactor = 'totp' | 'recovery' | 'passkey' | 'provider';

/** What a session waits for before it lets in: that a factor is shown, or that one is set up. */
export type Awaited = 'factor' | 'setup';

/** The provider that vouches for somebody, and what it calls its own session (`sid`) and them (`sub`). */
export interface Vouching {
	id: string;
	session: string | null;
	subject: string | null;
}

/** What is known of how somebody came in besides the method. */
export interface Proof {
	factor?: ShownFactor | null;
	awaits?: Awaited | null;
	provider?: Vouching | null;
	/** When they last showed who they are; null where nobody says. Without it they show it now. */
	shownAt?: Date | null;
	/** The session that has waited for this, and ends as this one begins. */
	instead?: string;
}

/** The session that was to let in waits no longer: it has let in already, or was ended. */
export class WaitedNoLonger extends Error {
	override readonly name = 'WaitedNoLonger';
}

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
	/** How a second factor was shown; null where none was. */
	factor: ShownFactor | null;
	/** The provider that vouched for the person; null where none did. */
	provider: string | null;
	/** True when reading it has put its end off, so that the cookie must be sent again. */
	prolonged: boolean;
}

/** What decides whether a session lets in, besides that it lives. */
export type PeekedSession = Pick<Session, 'person' | 'factor' | 'isShared' | 'idleMinutes'>;

/** Somebody who has come half the way in. */
export interface Waiting {
	person: string;
	awaits: Awaited;
	method: SignInMethod;
	isShared: boolean;
	begunAt: Date;
	reauthenticatedAt: Date;
	provider: Vouching | null;
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
	/**
	 * Begins a session and returns the token for the cookie, which is stored nowhere.
	 *
	 * @throws {WaitedNoLonger} where it is to begin instead of one that does not wait; nothing is kept then.
	 */
	begin(
		person: string,
		method: SignInMethod,
		arrival?: Arrival,
		also?: Also,
		proof?: Proof
	): Promise<{ token: string; expiresAt: Date }>;
	/** The live session of a token, or null, as for one that waits for something; a session that is used within its second half is prolonged. */
	read(token: string): Promise<Session | null>;
	/**
	 * The live session of a token, or null, without counting as use: for what asks again and again by
	 * itself, such as an open stream.
	 */
	peek(token: string): Promise<PeekedSession | null>;
	/** Who waits for what behind a token; null for a session that lets in, and where there is none. */
	readWaiting(token: string): Promise<Waiting | null>;
	/** Has a session wait from now on: it lets nobody in till a new one is begun. */
	hold(token: string, awaits: Awaited): Promise<void>;
	/** Notes that the person has just shown again who they are. */
	refresh(token: string): Promise<void>;
	end(token: string, also?: Also): Promise<void>;
	/** The person's live sessions, latest first. */
	list(person: string): Promise<OwnSession[]>;
	/** Ends one of the person's own sessions; false where they have none of that handle. */
	endOne(person: string, handle: string, also?: Also): Promise<boolean>;
	/** Ends all sessions of a person, but for the one of the handle `except`; returns how many. */
	endAllOf(person: string, except?: string | null, also?: Also): Promise<number>;
	/**
	 * Ends the sessions that a provider vouched for, by what it calls its own session, the person, or both,
	 * and returns whose they were. One whose own session was not named ends by the person alone.
	 */
	endVouched(tx: Writer, { id, session, subject }: Vouching): Promise<string[]>;
	/** Deletes what has expired. */
	sweep(): Promise<void>;
}

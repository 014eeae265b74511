/** How somebody proved who they are. */
export type SignInMethod = 'password' | 'demonstration';

export interface Session {
	person: string;
	/** When it ends unless it is used. */
	expiresAt: Date;
	reauthenticatedAt: Date;
	method: SignInMethod;
	/** True when reading it has put its end off, so that the cookie must be sent again. */
	prolonged: boolean;
}

/** What the rest of the program knows of sessions; the library behind it is named in one file only. */
export interface SessionStore {
	/** Begins a session and returns the token for the cookie, which is stored nowhere. */
	begin(person: string, method: SignInMethod): Promise<{ token: string; expiresAt: Date }>;
	/** The live session of a token, or null; a session that is used within its second half is prolonged. */
	read(token: string): Promise<Session | null>;
	end(token: string): Promise<void>;
	endAllOf(person: string): Promise<void>;
	/** Deletes what has expired. */
	sweep(): Promise<void>;
}

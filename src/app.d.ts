import type { IncomingMessage } from 'node:http';
import type { Actor } from '#lib/access/actor.ts';
import type { App as HoldepunktApp } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import type { Session } from '#lib/identity/session-store.server.ts';

/** What somebody has sent, and in which fields something looks like a CPR number. */
interface HeldForm {
	action: string;
	fields: readonly { name: string; text: string; isDoubtful: boolean }[];
}

declare global {
	namespace App {
		interface Locals {
			app: HoldepunktApp;
			/** Who is asking; null for nobody. */
			actor: Actor | null;
			/** The token of their session, to end it with. */
			session: string | null;
			/** What is known of that session. */
			sessionFacts: Session | null;
			/** True for who will have to set up a second factor, and may put it off till a day. */
			shouldSetUp?: boolean;
			/** A seed that was offered before and is shown again. */
			carriedOffer?: string;
			locale: Locale;
		}
		/** What the built server gives along; there is none in development and in tests. */
		interface Platform {
			req?: IncomingMessage;
		}
		interface Error {
			message: string;
			/** What kind of trouble, for the words on the error page. */
			reason?:
				| 'locked'
				| 'full'
				| 'not-writable'
				| 'damaged'
				| 'unreachable'
				| 'not-offered'
				| 'moved-on'
				| 'no-leader'
				| 'entry-over'
				| 'certificate-unknown'
				| 'counts-only'
				| 'cpr';
			/** A form that was held back, to be mended or sent all the same. */
			held?: HeldForm;
			/** To be quoted when asking for help; found in the log. */
			id?: string;
		}
	}
}

export {};

import type { IncomingMessage } from 'node:http';
import type { Actor } from '#lib/access/actor.ts';
import type { App as HoldepunktApp } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import type { Session } from '#lib/identity/session-store.server.ts';

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
				| 'counts-only';
			/** To be quoted when asking for help; found in the log. */
			id?: string;
		}
	}
}

export {};

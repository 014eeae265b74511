import type { Locale } from '#lib/content/localised.ts';

/** A letter with a way in, as it is printed once; nothing of what is secret in it is kept. */
export interface Letter {
	/** The language it is written in: the person's own, else the organisation's. */
	locale: Locale;
	name: string;
	organisation: string;
	workplace: string;
	/** What they sign in with later: their user name, else their address. */
	signInName: string;
	/** Where the platform is, to be typed. */
	origin: string;
	/** The same as the QR code. */
	link: string;
	qr: { size: number; path: string };
	/** In groups: `7K3M-PQ9X-2HTV`. */
	code: string;
	/** The last day on which it works. */
	worksUntil: string;
}

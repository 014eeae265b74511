/** What the headers of an answer depend on. */
export interface Site {
	/** Where people reach the platform, without a slash at the end. */
	origin: string;
}

const nowhere = "frame-ancestors 'none'; base-uri 'none'";

/**
 * The policy of an answer that brings none of its own: everything but the app's pages. Scripts get
 * one too, because a worker lives under that of its script.
 */
function policyFor(type: string): string {
	if (type.startsWith('text/html')) {
		return `default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; form-action 'self'; ${nowhere}`;
	}
	if (/^(text|application)\/javascript/.test(type)) {
		return `default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'none'; ${nowhere}`;
	}
	if (type.startsWith('image/svg+xml')) {
		return `default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; sandbox; ${nowhere}`;
	}
	return `default-src 'none'; form-action 'none'; ${nowhere}`;
}

const unused = [
	'accelerometer',
	'autoplay',
	'camera',
	'display-capture',
	'encrypted-media',
	'fullscreen',
	'geolocation',
	'gyroscope',
	'hid',
	'idle-detection',
	'local-fonts',
	'magnetometer',
	'microphone',
	'midi',
	'payment',
	'picture-in-picture',
	'screen-wake-lock',
	'serial',
	'usb',
	'xr-spatial-tracking'
];

/** For passkeys, on our own pages alone. */
const used = ['publickey-credentials-create', 'publickey-credentials-get'];

const permissions = [
	...unused.map((feature) => `${feature}=()`),
	...used.map((feature) => `${feature}=(self)`)
].join(', ');

/** On every answer, whatever the app says. */
const always: readonly [name: string, value: string][] = [
	['X-Content-Type-Options', 'nosniff'],
	['Cross-Origin-Opener-Policy', 'same-origin'],
	['Cross-Origin-Resource-Policy', 'same-origin'],
	['Permissions-Policy', permissions],
	['X-Frame-Options', 'DENY']
];

/** An answer's headers, as far as they are looked at and set here. */
export interface AnswerHeaders {
	getHeader(name: string): number | string | string[] | undefined;
	setHeader(name: string, value: string): unknown;
}

/**
 * Completes the headers of an answer just before they are sent. The app may choose its own
 * `Content-Security-Policy`, `Cache-Control` and `Referrer-Policy`; nothing else can be loosened.
 */
export function completeHeaders(answer: AnswerHeaders, site: Site): void {
	for (const [name, value] of always) answer.setHeader(name, value);
	if (site.origin.startsWith('https:')) {
		answer.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
	}
	const type = withCharset(String(answer.getHeader('Content-Type') ?? ''));
	if (type) answer.setHeader('Content-Type', type);
	const fallBack = (name: string, value: string) => {
		if (answer.getHeader(name) === undefined) answer.setHeader(name, value);
	};
	fallBack('Content-Security-Policy', policyFor(type));
	// Not "no-referrer": with it, browsers send "Origin: null" along with our own forms.
	fallBack('Referrer-Policy', 'same-origin');
	// Only files from disk tell when they last changed; anything else is made for one person.
	const isFile = answer.getHeader('Last-Modified') !== undefined;
	fallBack('Cache-Control', isFile ? 'no-cache' : 'no-store');
}

/** Texts say how their letters are written (ASVS 4.1.1). */
function withCharset(type: string): string {
	const isText = /^text\/|[+/]xml\b|^application\/javascript/.test(type);
	return isText && !/charset=/i.test(type) ? `${type}; charset=utf-8` : type;
}

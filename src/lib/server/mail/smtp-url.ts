import { isLoopback } from '#lib/server/loopback.ts';

export interface SmtpServer {
	host: string;
	port: number;
	/** TLS from the first byte, as `smtps:` says. */
	secure: boolean;
	/** Otherwise the connection must be raised to TLS before anything is said. */
	requireTLS: boolean;
	auth?: { user: string; pass: string };
}

/**
 * Reads `smtp://user:password@host:587` or `smtps://…`. Mails carry links that open an account, so
 * a server on another machine must speak TLS, with a certificate that holds, unless
 * `?requireTLS=false` says that it cannot. Nothing switches the check of a certificate off.
 *
 * @throws {TypeError} with what is wrong, without repeating the address, which holds a password.
 */
export function readSmtpUrl(smtpUrl: string): SmtpServer {
	if (!URL.canParse(smtpUrl)) throw new TypeError('is no address such as smtp://mail.example:587');
	const url = new URL(smtpUrl);
	if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') {
		throw new TypeError('must begin with smtp:// or smtps://');
	}
	const host = url.hostname.replace(/^\[|\]$/g, '');
	if (!host) throw new TypeError('names no mail server');
	const options = [...url.searchParams];
	const mayBePlain = options.some(([key, value]) => key === 'requireTLS' && value === 'false');
	if (options.length > (mayBePlain ? 1 : 0)) {
		throw new TypeError('takes no option but ?requireTLS=false');
	}
	const secure = url.protocol === 'smtps:';
	return {
		host,
		port: url.port ? Number(url.port) : secure ? 465 : 587,
		secure,
		requireTLS: !secure && !mayBePlain && !isLoopback(host),
		...(url.username
			? {
					auth: {
						user: decodeURIComponent(url.username),
						pass: decodeURIComponent(url.password)
					}
				}
			: {})
	};
}

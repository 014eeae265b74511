import type { BrowserContext } from '@playwright/test';

/** Hears what browsers complain about: errors, warnings, failed requests, requests to anybody else. */
export class Complaints {
	readonly #origin: string;
	readonly #heard: string[] = [];
	readonly #expected: RegExp[] = [];

	constructor(origin: string) {
		this.#origin = origin;
	}

	/** Leaves out what the test is about, such as the line about a page that is refused. */
	expect(...patterns: RegExp[]): void {
		this.#expected.push(...patterns);
	}

	get unexpected(): string[] {
		return this.#heard.filter((one) => !this.#expected.some((pattern) => pattern.test(one)));
	}

	listen(context: BrowserContext): void {
		context.on('console', (message) => {
			if (!['error', 'warning'].includes(message.type())) return;
			this.#heard.push(`${message.type()}: ${message.text()} at ${message.location().url}`);
		});
		context.on('weberror', (failure) => this.#heard.push(`fault: ${failure.error().stack}`));
		context.on('requestfailed', (request) => {
			const reason = request.failure()?.errorText ?? '';
			// The browser itself breaks off what it no longer needs when one goes on.
			if (reason !== 'net::ERR_ABORTED') this.#heard.push(`failed: ${request.url()} ${reason}`);
		});
		context.on('request', (request) => {
			const url = new URL(request.url());
			if (!['data:', 'blob:', 'about:'].includes(url.protocol) && url.origin !== this.#origin)
				this.#heard.push(`elsewhere: ${url.href}`);
		});
	}
}

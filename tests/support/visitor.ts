/** Somebody who uses the platform over HTTP, as a browser without JavaScript does. */
export class Visitor {
	readonly #origin: string;
	#cookie = '';

	constructor(origin: string) {
		this.#origin = origin;
	}

	/** What identifies them to the platform. */
	get headers(): Record<string, string> {
		return { origin: this.#origin, cookie: this.#cookie };
	}

	/** Signs in with one press, as a demonstration offers it. */
	signIn(account: string): Promise<this> {
		return this.#enter('/sign-in?/demonstration', { account });
	}

	/** Signs in with an address and a password. */
	signInWith(name: string, password: string): Promise<this> {
		return this.#enter('/sign-in?/password', { name, password });
	}

	async #enter(path: string, fields: Readonly<Record<string, string>>): Promise<this> {
		const response = await this.submit(path, fields);
		const [cookie = ''] = response.headers.getSetCookie();
		this.#cookie = cookie.split(';')[0] ?? '';
		if (!this.#cookie)
			throw new Error(`${Object.values(fields)[0]} was not let in: ${response.status}`);
		return this;
	}

	/** Follows a link; the page as HTML. */
	async open(path: string): Promise<string> {
		return (await this.#fetch(path)).text();
	}

	/** What the scripts of a page are given to play with. */
	async readIsland(path: string, id: string): Promise<unknown> {
		const html = await this.open(path);
		const data = html.split(`<script type="application/json" id="${id}-data">`)[1];
		return data === undefined ? undefined : JSON.parse(data.split('</script>')[0] ?? '');
	}

	/** Sends a form. */
	submit(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
		return this.#fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
	}

	/** Sends JSON, as the page's scripts do. */
	send(path: string, body: unknown): Promise<Response> {
		const headers = { 'content-type': 'application/json' };
		return this.#fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
	}

	#fetch(path: string, { headers, ...rest }: RequestInit = {}): Promise<Response> {
		return fetch(`${this.#origin}${path}`, {
			...rest,
			headers: { ...this.headers, ...(headers as Record<string, string>) }, // ours, see above
			redirect: 'manual'
		});
	}
}

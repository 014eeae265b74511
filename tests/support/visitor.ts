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
	async signIn(account: string): Promise<this> {
		const response = await this.submit('/sign-in?/demonstration', { account });
		const [cookie = ''] = response.headers.getSetCookie();
		this.#cookie = cookie.split(';')[0] ?? '';
		if (!this.#cookie) throw new Error(`${account} was not let in: ${response.status}`);
		return this;
	}

	/** Follows a link; the page as HTML. */
	async open(path: string): Promise<string> {
		return (await this.#fetch(path)).text();
	}

	/** What a page is made from. */
	async read(path: string): Promise<unknown> {
		const response = await this.#fetch(`${path.split('?')[0]}/__data.json${queryOf(path)}`);
		const { nodes } = (await response.json()) as { nodes: { data: unknown[] }[] }; // Kit's format
		return revive(nodes.at(-1)?.data ?? [], 0);
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

function queryOf(path: string): string {
	const at = path.indexOf('?');
	return at < 0 ? '' : path.slice(at);
}

/** Kit sends values in one flat list that refer to each other by their places in it. */
function revive(values: readonly unknown[], at: unknown): unknown {
	const value = typeof at === 'number' ? values[at] : undefined;
	if (Array.isArray(value)) return value.map((place) => revive(values, place));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, place]) => [key, revive(values, place)])
	);
}

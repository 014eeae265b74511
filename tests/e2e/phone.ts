/** A phone in a room, over HTTP: it joins, votes, and hears what the room is shown. */
export class Phone {
	readonly #origin: string;
	readonly #code: string;
	#cookie = '';
	#last = '';
	#listening = new AbortController();
	/** What stands on its screen, as HTML. */
	shown = '';

	private constructor(origin: string, code: string) {
		this.#origin = origin;
		this.#code = code;
	}

	/** Comes in through the door, and begins to listen. */
	static async join(origin: string, code: string): Promise<Phone> {
		const phone = new Phone(origin, code);
		const response = await phone.#post('join', {});
		phone.#cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
		if (!phone.#cookie) throw new Error(`A phone was not let in: ${response.status}`);
		await phone.listen();
		return phone;
	}

	/** Listens as a browser does, from where it stopped; resolves when the room answers. */
	async listen(): Promise<void> {
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		const headers: Record<string, string> = { cookie: this.#cookie };
		if (this.#last) headers['last-event-id'] = this.#last;
		const response = await fetch(`${this.#at}/live`, { headers, signal });
		if (response.status !== 200) throw new Error(`A phone may not listen: ${response.status}`);
		void this.#read(response).catch(() => undefined);
	}

	/** Loses its connection. */
	drop(): void {
		this.#listening.abort();
	}

	async #read(response: Response): Promise<void> {
		let rest = '';
		for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
			rest += chunk;
			const messages = rest.split('\n\n');
			rest = messages.pop() ?? '';
			for (const message of messages) this.#hear(message);
		}
	}

	#hear(message: string): void {
		const data = /^data: (.*)$/m.exec(message)?.[1];
		this.#last = /^id: (\d+)$/m.exec(message)?.[1] ?? this.#last;
		if (data && message.includes('event: view'))
			this.shown = (JSON.parse(data) as { html: string }).html;
	}

	/** The round of the question that stands on its screen. */
	get round(): string {
		return /name="round" value="(\d+)"/.exec(this.shown)?.[1] ?? '';
	}

	/** Answers the question that stands there; true where the answer is in. */
	async vote(choice: string, round = this.round): Promise<boolean> {
		const response = await this.#post('vote', { round, choice });
		return ((await response.json()) as { type: string }).type === 'success';
	}

	async suggest(words: string): Promise<void> {
		await this.#post('suggest', { words });
	}

	/** The page as it is without scripts. */
	async open(): Promise<string> {
		const response = await fetch(this.#at, { headers: { cookie: this.#cookie } });
		return response.text();
	}

	get #at(): string {
		return `${this.#origin}/join/${this.#code}`;
	}

	#post(action: string, fields: Record<string, string>): Promise<Response> {
		const isForm = action === 'join';
		return fetch(`${this.#at}?/${action}`, {
			method: 'POST',
			body: new URLSearchParams(fields),
			redirect: 'manual',
			headers: {
				origin: this.#origin,
				cookie: this.#cookie,
				...(isForm ? {} : { accept: 'application/json', 'x-sveltekit-action': 'true' })
			}
		});
	}
}

import { Doubt } from './doubt.ts';

/**
 * Keeps the screen of a room as the room is: what is new comes as a stream of events, and takes the
 * place of what stood there. While whoever leads has done nothing new, only the parts marked
 * `data-fresh` change, so that nothing that somebody types is lost. Without a connection the page goes
 * on showing what it has.
 */
export function liveRoom(): void {
	const place = document.querySelector<HTMLElement>('[data-room]');
	if (!place) return;
	new LiveRoom(place).listen();
}

/** Milliseconds without a connection before the page says so: a server that starts anew takes less. */
const patience = 4000;

class LiveRoom {
	readonly #place: HTMLElement;
	/** What this phone itself has answered, by group. */
	readonly #own = new Map<string, string>();
	#source: EventSource | undefined;
	#address: URL | undefined;
	#offline: ReturnType<typeof setTimeout> | undefined;
	readonly #doubt = new Doubt();
	/** Forms that the browser sends as without scripts. */
	readonly #plain = new WeakSet<HTMLFormElement>();

	constructor(place: HTMLElement) {
		this.#place = place;
		for (const pressed of place.querySelectorAll<HTMLElement>(
			'[data-value][aria-pressed="true"]'
		)) {
			const group = pressed.closest<HTMLElement>('[data-group]')?.dataset['group'];
			if (group) this.#own.set(group, pressed.dataset['value'] ?? '');
		}
	}

	listen(): void {
		this.#connect();
		this.#place.addEventListener('submit', (event) => {
			const form = event.target;
			if (!(form instanceof HTMLFormElement) || form.dataset['roomSend'] === undefined) return;
			if (this.#plain.delete(form)) return;
			event.preventDefault();
			void this.#send(form, event.submitter);
		});
		// A page that is put away holds no connection; when it comes back it asks what is new.
		addEventListener('pagehide', () => this.#source?.close());
		addEventListener('pageshow', (event) => {
			if (!event.persisted) return;
			for (const form of this.#place.querySelectorAll('form[aria-busy]'))
				form.removeAttribute('aria-busy');
			this.#connect();
		});
		addEventListener('online', () => {
			if (this.#source?.readyState !== EventSource.OPEN) this.#connect();
		});
		if (this.#place.dataset['fits'] === undefined) return;
		fitInto(this.#place);
		addEventListener('resize', () => fitInto(this.#place));
		void document.fonts.ready.then(() => fitInto(this.#place));
	}

	#connect(): void {
		this.#source?.close();
		const { room = '', n = '0' } = this.#place.dataset;
		const address = new URL(room, location.href);
		address.searchParams.set('after', n);
		this.#address = address;
		const source = new EventSource(address);
		this.#source = source;
		source.addEventListener('open', () => this.#showConnected());
		source.addEventListener('error', () => this.#showLost(source));
		source.addEventListener('view', ({ data, lastEventId }) => {
			this.#place.dataset['n'] = lastEventId;
			const told: unknown = JSON.parse(String(data));
			if (isView(told)) this.#show(told.html);
		});
	}

	#showConnected(): void {
		this.#doubt.settle();
		clearTimeout(this.#offline);
		this.#offline = undefined;
		document.documentElement.dataset['roomLive'] = '';
		this.#say('[data-room-offline]', undefined);
		this.#refuse(false);
	}

	/** The browser asks again by itself, unless it was told not to. */
	#showLost(source: EventSource): void {
		if (source.readyState === EventSource.CLOSED) {
			// Refused: somebody else has signed in on this screen, or there is no seat any more.
			delete document.documentElement.dataset['roomLive'];
			const address = this.#address;
			if (address)
				void this.#doubt.ask(() => isRefused(address)).then((is) => is && this.#refuse(true));
			setTimeout(() => this.#source === source && this.#connect(), patience);
		}
		this.#offline ??= setTimeout(() => {
			const words = this.#place.querySelector<HTMLElement>('[data-room-offline]');
			if (words) words.hidden = false;
		}, patience);
	}

	/**
	 * What stood there is not for whoever is signed in here now: it goes out of sight, and a page that
	 * needs somebody signed in says what now. It goes on asking, so that it comes back by itself.
	 */
	#refuse(is: boolean): void {
		const words = this.#place.querySelector<HTMLElement>('[data-room-refused]');
		const view = this.#place.querySelector<HTMLElement>('[data-view]');
		if (!words || !view || words.hidden === !is) return;
		view.hidden = is;
		words.hidden = !is;
		if (is) {
			clearTimeout(this.#offline);
			this.#say('[data-room-offline]', undefined);
		}
	}

	#show(html: string): void {
		const answer = new DOMParser().parseFromString(html, 'text/html');
		const next = answer.querySelector<HTMLElement>('[data-view]');
		const now = this.#place.querySelector<HTMLElement>('[data-view]');
		if (!next || !now) return;
		if (next.dataset['key'] === now.dataset['key']) this.#freshen(now, next);
		else this.#replace(now, next);
		this.#mark();
		if (this.#place.dataset['fits'] !== undefined) fitInto(this.#place);
		if (next.dataset['key'] === 'ended') this.#source?.close();
	}

	#freshen(now: HTMLElement, next: HTMLElement): void {
		for (const part of next.querySelectorAll<HTMLElement>('[data-fresh]')) {
			const before = now.querySelector<HTMLElement>(`[data-fresh="${part.dataset['fresh']}"]`);
			if (!before || before.innerHTML === part.innerHTML) continue;
			// What is ticked and where one stands are kept, as they are not on the server yet.
			const ticked = new Map(
				[...before.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].map((box) => [
					box.value,
					box.checked
				])
			);
			const focused = describeFocus(before);
			before.replaceChildren(...part.childNodes);
			for (const box of before.querySelectorAll<HTMLInputElement>('input[type=checkbox]'))
				box.checked = ticked.get(box.value) ?? box.checked;
			focused?.();
		}
	}

	#replace(now: HTMLElement, next: HTMLElement): void {
		const hadFocus = now.contains(document.activeElement);
		now.replaceWith(next);
		this.#say('[data-room-fault]', undefined);
		const title = next.dataset['title'] ?? '';
		if (hadFocus)
			next.querySelector<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
		scrollTo({ top: 0 });
		const told = this.#place.querySelector('[data-room-new]');
		const words = this.#place.dataset['saidNew'] ?? '';
		if (told && !hadFocus) told.textContent = words.replace('{title}', title);
	}

	/** Shows on the page what this phone has answered, which the room is not told. */
	#mark(): void {
		for (const group of this.#place.querySelectorAll<HTMLElement>('[data-group]')) {
			const value = this.#own.get(group.dataset['group'] ?? '');
			for (const button of group.querySelectorAll<HTMLButtonElement>('[data-value]')) {
				const isOn = button.dataset['value'] === value;
				button.setAttribute('aria-pressed', String(isOn));
				if (button.dataset['toggle'] !== undefined) button.value = isOn ? 'off' : 'on';
			}
		}
		for (const said of this.#place.querySelectorAll<HTMLElement>('[data-said]'))
			said.hidden = !this.#own.has(said.dataset['said'] ?? '');
	}

	async #send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
		if (form.hasAttribute('aria-busy')) return;
		form.setAttribute('aria-busy', 'true');
		this.#say('[data-room-fault]', undefined);
		const body = new URLSearchParams();
		for (const [name, value] of new FormData(form, submitter)) body.append(name, String(value));
		try {
			const response = await fetch(form.action, {
				method: 'POST',
				body,
				headers: { accept: 'application/json', 'x-sveltekit-action': 'true' }
			});
			const result: unknown = await response.json();
			// What looks like a CPR number is asked about on a page of its own.
			if (isHeldBack(result)) return this.#sendPlainly(form, submitter);
			this.#showResult(form, submitter, readResult(result));
		} catch {
			this.#say('[data-room-fault]', this.#place.dataset['notSent']);
		}
		form.removeAttribute('aria-busy');
	}

	#sendPlainly(form: HTMLFormElement, submitter: HTMLElement | null): void {
		// Whoever comes back to this page finds a form that can be sent.
		form.removeAttribute('aria-busy');
		this.#plain.add(form);
		form.requestSubmit(submitter);
	}

	#showResult(
		form: HTMLFormElement,
		submitter: HTMLElement | null,
		{ type, status, location: to }: Result
	): void {
		if (type === 'redirect') return this.#follow(to ?? '');
		if (type === 'failure' && status === 409)
			return this.#say('[data-room-fault]', this.#place.dataset['closed']);
		if (type !== 'success') return this.#say('[data-room-fault]', this.#place.dataset['notSent']);
		const group = form.dataset['group'];
		if (group && submitter instanceof HTMLButtonElement) {
			if (submitter.dataset['toggle'] !== undefined && submitter.value === 'off')
				this.#own.delete(group);
			else this.#own.set(group, submitter.dataset['value'] ?? '');
			this.#mark();
		}
		this.#settle(form);
	}

	/** The control comes back to itself, and hears by the stream what became of it. */
	#follow(to: string): void {
		const here = new URL(to, location.href);
		const isHere = here.pathname === location.pathname && here.search === '';
		const hears = this.#source?.readyState === EventSource.OPEN;
		if (!isHere || !hears) return location.assign(here);
		for (const form of this.#place.querySelectorAll<HTMLFormElement>('[data-room-send=clear]'))
			if (form.hasAttribute('aria-busy')) this.#settle(form);
	}

	#settle(form: HTMLFormElement): void {
		if (form.dataset['roomSend'] !== 'clear') return;
		form.reset();
		for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
			'textarea, input:not([type=hidden])'
		))
			field.value = '';
		const said = form.querySelector<HTMLElement>('[data-sent]');
		if (said) said.hidden = false;
	}

	#say(where: string, words: string | undefined): void {
		const said = this.#place.querySelector<HTMLElement>(where);
		if (!said) return;
		said.hidden = words === undefined;
		if (words !== undefined) said.textContent = words;
	}
}

/**
 * Whether it is the server that does not let this page listen: it leads to the sign-in, or says that this
 * is not for whoever asks. A server that is away refuses nobody.
 */
async function isRefused(address: URL): Promise<boolean> {
	const leaving = new AbortController();
	try {
		const { type, status } = await fetch(address, { redirect: 'manual', signal: leaving.signal });
		return type === 'opaqueredirect' || status === 403 || status === 404;
	} catch {
		return false;
	} finally {
		leaving.abort();
	}
}

/** How small the words of a wall may get, as a share of their size, before the wall is scrolled instead. */
const smallest = 0.6;

/** On a wall nobody scrolls: what does not fit is drawn smaller, step by step. */
function fitInto(place: HTMLElement): void {
	const page = document.documentElement;
	for (let fit = 1; fit >= smallest; fit -= 0.05) {
		place.style.setProperty('--fit', fit.toFixed(2));
		if (page.scrollHeight <= page.clientHeight) return;
	}
}

/** How to put focus back to what stands in the same place after its surroundings were drawn anew. */
function describeFocus(within: HTMLElement): (() => void) | undefined {
	const active = document.activeElement;
	if (!active || !within.contains(active)) return undefined;
	const all = [...within.querySelectorAll<HTMLElement>('button, input')];
	const at = all.findIndex((one) => one === active);
	return () => within.querySelectorAll<HTMLElement>('button, input')[at]?.focus();
}

interface Result {
	type: string;
	status: number | undefined;
	location: string | undefined;
}

function readResult(told: unknown): Result {
	const read = typeof told === 'object' && told !== null ? { ...told } : {};
	const { type, status, location } = read as Record<string, unknown>;
	return {
		type: typeof type === 'string' ? type : 'error',
		status: typeof status === 'number' ? status : undefined,
		location: typeof location === 'string' ? location : undefined
	};
}

function isView(told: unknown): told is { html: string } {
	return (
		typeof told === 'object' && told !== null && 'html' in told && typeof told.html === 'string'
	);
}

function isHeldBack(result: unknown): boolean {
	const fault = typeof result === 'object' && result !== null && 'error' in result && result.error;
	return typeof fault === 'object' && fault !== null && 'reason' in fault && fault.reason === 'cpr';
}

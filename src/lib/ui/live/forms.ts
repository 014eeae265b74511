/**
 * Sends forms marked `data-send` from the page itself, so that nothing written is lost where there is
 * no connection: `onward` follows where the answer leads, `here` shows the answer in the page where it
 * does not lead elsewhere. Whatever else comes back is left to the browser, which sends the form as
 * without scripts; sending twice does no harm, as every form is made to be sent twice.
 */
export function liveForms(): void {
	document.addEventListener('submit', (event) => {
		const form = event.target;
		if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
		const way = form.dataset['send'];
		if (way !== 'onward' && way !== 'here') return;
		event.preventDefault();
		void send(form, event.submitter, way);
	});
	addEventListener('pageshow', () => {
		for (const form of document.querySelectorAll('form[aria-busy]'))
			form.removeAttribute('aria-busy');
	});
}

async function send(
	form: HTMLFormElement,
	submitter: HTMLElement | null,
	way: 'onward' | 'here'
): Promise<void> {
	if (form.hasAttribute('aria-busy')) return;
	form.setAttribute('aria-busy', 'true');
	try {
		if (way === 'here') await showAnswer(form, submitter);
		else await goOnward(form, submitter);
	} catch {
		// No answer came at all: what stands on the page is kept.
		showOffline(form);
		form.removeAttribute('aria-busy');
	}
}

/** With these, the server tells in JSON what became of a form. */
export const askForResult = { accept: 'application/json', 'x-sveltekit-action': 'true' };

async function goOnward(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
	const response = await post(form, submitter, askForResult);
	const address = readRedirect(await response.json().catch(() => null));
	if (address === undefined) return submitPlainly(form, submitter);
	const to = new URL(address, location.href);
	const isHere = to.pathname === location.pathname && to.search === location.search;
	location.assign(to);
	// With another fragment alone the browser would stay on the page as it was.
	if (isHere && to.hash) location.reload();
}

/** Puts the answered page's content in place of this one's, and focus where its address points. */
async function showAnswer(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
	const response = await post(form, submitter, { accept: 'text/html' });
	// The form was not only answered, but led on: that is another page, with an address of its own.
	if (response.redirected) return location.assign(response.url);
	const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
	const content = answer.getElementById('content');
	const here = document.getElementById('content');
	if (!response.ok || !content || !here) return submitPlainly(form, submitter);
	here.replaceChildren(...content.childNodes);
	document.title = answer.title;
	const target = document.getElementById(new URL(form.action).hash.slice(1));
	target?.focus({ preventScroll: true });
	target?.scrollIntoView({ block: 'nearest' });
}

/** As without scripts; which button was pressed is sent along. */
function submitPlainly(form: HTMLFormElement, submitter: HTMLElement | null): void {
	delete form.dataset['send'];
	form.requestSubmit(submitter);
}

/** Sends a form as the browser would, from the page. @throws {TypeError} where no answer comes. */
export function post(
	form: HTMLFormElement,
	submitter: HTMLElement | null,
	headers: Record<string, string>
): Promise<Response> {
	const body = new URLSearchParams();
	for (const [name, value] of new FormData(form, submitter)) body.append(name, String(value));
	return fetch(form.action, { method: 'POST', body, headers });
}

function readRedirect(answer: unknown): string | undefined {
	const isRedirect =
		typeof answer === 'object' && answer !== null && 'type' in answer && answer.type === 'redirect';
	return isRedirect && 'location' in answer ? String(answer.location) : undefined;
}

function showOffline(form: HTMLFormElement): void {
	const words = document.querySelector<HTMLTemplateElement>('template[data-offline]');
	if (!words || form.querySelector('.offline')) return;
	const place = document.createElement('div');
	place.className = 'offline';
	// A status is read aloud when its words come into it, so that it stands there first.
	place.setAttribute('role', 'status');
	form.append(place);
	place.append(words.content.cloneNode(true));
	place.scrollIntoView({ block: 'nearest' });
}

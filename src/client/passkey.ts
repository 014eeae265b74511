/** What only pages with passkeys do: they ask the browser, which asks for finger, face or PIN. */
import {
	browserSupportsWebAuthn,
	startAuthentication,
	startRegistration,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON
} from '@simplewebauthn/browser';

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
	if (!browserSupportsWebAuthn()) form.dataset['without'] = '';
	form.addEventListener('submit', (event) => {
		const answer = form.elements.namedItem('answer');
		if (!(answer instanceof HTMLInputElement) || answer.value !== '') return;
		event.preventDefault();
		void ask(form, answer);
	});
}

/** Sends the form along with what the browser answers; says so where somebody pressed no. */
async function ask(form: HTMLFormElement, answer: HTMLInputElement): Promise<void> {
	const trouble = form.querySelector<HTMLElement>('[data-trouble]');
	if (form.hasAttribute('aria-busy')) return;
	form.setAttribute('aria-busy', 'true');
	if (trouble) trouble.hidden = true;
	try {
		answer.value = JSON.stringify(await run(form));
		form.submit();
	} catch {
		if (trouble) trouble.hidden = false;
	} finally {
		form.removeAttribute('aria-busy');
	}
}

function run(form: HTMLFormElement): Promise<unknown> {
	const options: unknown = JSON.parse(form.dataset['options'] ?? '{}');
	return form.dataset['passkey'] === 'make'
		? startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }) // ours
		: startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }); // ours
}

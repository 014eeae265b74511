import { findPassages } from './passages.ts';

const speaking = 'speaking';

/**
 * Reads aloud what a button names (`data-read-aloud`, a selector) with a voice of this device; where
 * there is none for the language of the page, the buttons stay away. One press more stops it.
 */
export function liveReadAloud(): void {
	const speech: SpeechSynthesis | undefined = window.speechSynthesis;
	if (!speech) return;
	const root = document.documentElement;
	let voice: SpeechSynthesisVoice | undefined;

	const findVoice = (): void => {
		// A voice that is not on the device would send the text to somebody else.
		voice = speech
			.getVoices()
			.find(({ localService, lang }) => localService && lang.slice(0, 2) === root.lang);
		root.toggleAttribute('data-voice', voice !== undefined);
	};
	const stop = (): void => {
		root.removeAttribute(`data-${speaking}`);
		speech.cancel();
	};
	const start = (selector: string): void => {
		stop();
		// One utterance a passage: browsers break off long ones.
		const utterances = [...document.querySelectorAll<HTMLElement>(selector)]
			.flatMap(findPassages)
			.map((passage) => new SpeechSynthesisUtterance(passage));
		const last = utterances.at(-1);
		if (!last || !voice) return;
		for (const utterance of utterances) {
			utterance.voice = voice;
			utterance.lang = voice.lang;
			utterance.onerror = () => root.removeAttribute(`data-${speaking}`);
			speech.speak(utterance);
		}
		last.onend = () => root.removeAttribute(`data-${speaking}`);
		root.setAttribute(`data-${speaking}`, '');
	};

	findVoice();
	speech.addEventListener('voiceschanged', findVoice);
	addEventListener('pagehide', stop);
	document.addEventListener('click', ({ target }) => {
		const button =
			target instanceof Element && target.closest<HTMLElement>('button[data-read-aloud]');
		if (!button) return;
		if (root.hasAttribute(`data-${speaking}`)) stop();
		else start(button.dataset['readAloud'] ?? '');
	});
}

import * as m from '#lib/ui/messages/messages.js';

const words: Readonly<Record<string, () => string>> = {
	down: m.provider_down,
	'begin-again': m.provider_begin_again,
	cancelled: m.provider_cancelled,
	refused: m.provider_refused,
	stranger: m.provider_stranger,
	'not-yours': m.provider_not_yours
};

/** What came of going to a provider, in words that say what to do. */
export function sayTrouble(trouble: string): string {
	return (words[trouble] ?? m.provider_begin_again)();
}

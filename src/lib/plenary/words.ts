/**
 * Short words of everyday, without letters that a foreign keyboard lacks; none is a name, and none hurts.
 */
const nouns = [
	'bark birk blad bold bord brev brod busk damp drage dug eng fisk flag fugl gren',
	'gris gulv hat havn hest hus hylde jord kande kanel kerne kilde kop korn krukke kurv',
	'lampe lind loft mos nat note ovn pande pil plet pude rav regn ribs sand sejl',
	'skab skov skur sol spand stige stol strand sukker tag tang te tot trappe vand vest'
].flatMap((line) => line.split(' '));

/** A word of the day of two words, from two random bytes. */
export function wordFrom(bytes: Uint8Array): string {
	const [first = 0, second = 0] = bytes;
	return `${nouns[first % nouns.length]} ${nouns[second % nouns.length]}`;
}

/** What somebody typed as the word, whatever they made of case, spaces and hyphens. */
export function readWord(typed: string): string {
	return typed
		.toLowerCase()
		.split(/[\s.–—-]+/u)
		.filter(Boolean)
		.join(' ');
}

/** Bytes as text that JSON and addresses can hold. */
export function toBase64(bytes: Uint8Array): string {
	let binary = '';
	for (let from = 0; from < bytes.length; from += 0x8000) {
		binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
	}
	return btoa(binary);
}

export function fromBase64(text: string): Uint8Array {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * The number by which programs for interactive fiction know a work (Treaty of Babel): an upper-case
 * UUID of version 8 (RFC 9562, "custom") made from a name, always the same for the same name.
 */
export function makeIfid(name: string): string {
	const digits = [0x811c9dc5, 0x050c5d1f, 0x3a7f9b21, 0x6d2b79f5]
		.map((seed) => hash(name, seed).toString(16).padStart(8, '0'))
		.join('');
	const variant = '89ab'[Number.parseInt(digits[16] ?? '0', 16) % 4] ?? '8';
	const uuid = `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
	return uuid.toUpperCase();
}

/** FNV-1a over UTF-16 units, with its bits mixed once more at the end. */
function hash(text: string, seed: number): number {
	let value = seed;
	for (let index = 0; index < text.length; index += 1) {
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	}
	value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
	value = Math.imul(value ^ (value >>> 12), 0x297a2d39);
	return (value ^ (value >>> 15)) >>> 0;
}

import { inflateRawSync } from 'node:zlib';

/** The texts in a zip file by their names, read from its own list of contents; times are left out. */
export function unzip(bytes: Uint8Array): Record<string, string> {
	const file = Buffer.from(bytes);
	const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
	const texts: Record<string, string> = {};
	let at = file.readUInt32LE(end + 16);
	for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
		const method = file.readUInt16LE(at + 10);
		const size = file.readUInt32LE(at + 20);
		const [name, extra, comment] = [28, 30, 32].map((where) => file.readUInt16LE(at + where));
		const local = file.readUInt32LE(at + 42);
		const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
		const packed = file.subarray(from, from + size);
		const text = method === 0 ? packed : inflateRawSync(packed);
		texts[file.toString('utf8', at + 46, at + 46 + name!)] = text.toString('utf8');
		at += 46 + name! + extra! + comment!;
	}
	return texts;
}

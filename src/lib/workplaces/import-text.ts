/** A file as text, with what is known of how its letters were written. */
export interface ReadText {
	/** Lines end in `\n`, however they ended in the file. */
	text: string;
	encoding: Encoding;
	/** Lines, counted from 1, whose letters are written in another way than the rest or not at all. */
	oddLines: ReadonlySet<number>;
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** How many bytes are decoded before others have their turn. */
const piece = 1 << 19;
const lineFeed = 10;

/**
 * Reads the bytes of a file as text: UTF-16 where its mark says so, UTF-8 where it is such, and else
 * Windows-1252, as older Danish systems write. Where lines differ, the fewer are odd. Yields where it may
 * be interrupted.
 */
export function* readText(bytes: Uint8Array): Generator<undefined, ReadText> {
	const marked = readMark(bytes);
	const body = bytes.subarray(marked.length);
	if (marked.encoding === 'utf-16le' || marked.encoding === 'utf-16be') {
		const text = yield* decode(body, marked.encoding);
		return { text, encoding: marked.encoding, oddLines: findLost(text) };
	}
	const kinds = yield* sortLines(body);
	if (kinds.other.length === 0) {
		const text = yield* decode(body, 'utf-8');
		return { text, encoding: 'utf-8', oddLines: findLost(text) };
	}
	const isUtf8 = marked.encoding === 'utf-8' || kinds.utf8.length > kinds.other.length;
	const encoding = isUtf8 ? 'utf-8' : 'windows-1252';
	const text = yield* decode(body, encoding);
	return { text, encoding, oddLines: new Set(isUtf8 ? kinds.other : kinds.utf8) };
}

function readMark(bytes: Uint8Array): { encoding: Encoding | null; length: number } {
	const [first, second, third] = bytes;
	if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', length: 2 };
	if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', length: 2 };
	if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', length: 3 };
	return { encoding: null, length: 0 };
}

function* decode(bytes: Uint8Array, encoding: Encoding): Generator<undefined, string> {
	const decoder = new TextDecoder(encoding, { ignoreBOM: true });
	const pieces: string[] = [];
	let isAfterReturn = false;
	for (let from = 0; from < bytes.length; from += piece) {
		const text = decoder.decode(bytes.subarray(from, from + piece), { stream: true });
		// A line feed that belongs to the carriage return at the end of the piece before.
		const rest = isAfterReturn && text.startsWith('\n') ? text.slice(1) : text;
		pieces.push(rest.replace(/\r\n?/g, '\n'));
		isAfterReturn = text.endsWith('\r');
		yield;
	}
	pieces.push(decoder.decode());
	return pieces.join('');
}

/** The lines with letters beyond ASCII, by whether they are UTF-8. */
function* sortLines(bytes: Uint8Array): Generator<undefined, { utf8: number[]; other: number[] }> {
	const strict = new TextDecoder('utf-8', { fatal: true });
	const isUtf8 = (from: number, to: number) => {
		try {
			strict.decode(bytes.subarray(from, to));
			return true;
		} catch {
			return false;
		}
	};
	const kinds: { utf8: number[]; other: number[] } = { utf8: [], other: [] };
	const ends = bytes.includes(lineFeed) ? lineFeed : 13;
	let sinceBreath = 0;
	for (let from = 0, line = 1; from < bytes.length; line += 1) {
		const end = bytes.indexOf(ends, from);
		const to = end < 0 ? bytes.length : end;
		if (!isAscii(bytes, from, to)) (isUtf8(from, to) ? kinds.utf8 : kinds.other).push(line);
		sinceBreath += to - from + 1;
		from = to + 1;
		if (sinceBreath < piece) continue;
		sinceBreath = 0;
		yield;
	}
	return kinds;
}

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
	for (let at = from; at < to; at += 1) if ((bytes[at] ?? 0) > 127) return false;
	return true;
}

/** The lines with a sign that stands for letters that were lost (U+FFFD). */
function findLost(text: string): Set<number> {
	const lines = new Set<number>();
	if (!text.includes('\uFFFD')) return lines;
	for (const [index, line] of text.split('\n').entries())
		if (line.includes('\uFFFD')) lines.add(index + 1);
	return lines;
}

/** The lines, counted from 1, that are longer than anybody's record is. */
export function findLongLines(text: string, most: number): number[] {
	const lines: number[] = [];
	for (let from = 0, line = 1; from <= text.length; line += 1) {
		const end = text.indexOf('\n', from);
		const to = end < 0 ? text.length : end;
		if (to - from > most) lines.push(line);
		from = to + 1;
	}
	return lines;
}

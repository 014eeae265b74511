/** What a form with a file holds. */
export interface Upload {
	fields: ReadonlyMap<string, string>;
	file: Uint8Array | null;
}

/** What stands around the file in a form: names, fields and marks, in bytes. */
const around = 65_536;
const mostParts = 20;

/**
 * Reads a form with a file from the request itself, a chunk at a time. What is larger than `most` bytes
 * is read to its end and forgotten, so that whoever sent it hears why.
 */
export async function readUpload(
	body: AsyncIterable<Uint8Array>,
	contentType: string | null,
	most: number
): Promise<Upload | 'too-large' | 'unreadable'> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > most + around) chunks.length = 0;
		else chunks.push(chunk);
	}
	if (size > most + around) return 'too-large';
	const boundary = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(
		contentType ?? ''
	);
	const mark = boundary?.[1] ?? boundary?.[2];
	if (mark === undefined || mark.length > 70) return 'unreadable';
	const upload = takeApart(Buffer.concat(chunks), mark);
	return upload !== 'unreadable' && (upload.file?.length ?? 0) > most ? 'too-large' : upload;
}

/** The parts of a form between its marks (RFC 7578). */
function takeApart(body: Buffer, mark: string): Upload | 'unreadable' {
	const between = Buffer.from(`\r\n--${mark}`);
	const first = Buffer.from(`--${mark}`);
	const fields = new Map<string, string>();
	let file: Uint8Array | null = null;
	let at = body.indexOf(first);
	if (at < 0) return 'unreadable';
	at += first.length;
	for (let part = 0; part <= mostParts; part += 1) {
		if (body.toString('latin1', at, at + 2) === '--') return { fields, file };
		const headEnd = body.indexOf('\r\n\r\n', at);
		const end = headEnd < 0 ? -1 : body.indexOf(between, headEnd + 2);
		if (end < 0) return 'unreadable';
		const head = body.toString('utf8', at, headEnd);
		const name = /;\s*name="([^"]*)"/i.exec(head)?.[1];
		if (name === undefined) return 'unreadable';
		const content = body.subarray(headEnd + 4, Math.max(end, headEnd + 4));
		if (/;\s*filename\*?=/i.test(head)) file ??= content;
		else fields.set(name, content.toString('utf8', 0, Math.min(content.length, 1000)));
		at = end + between.length;
	}
	return 'unreadable';
}

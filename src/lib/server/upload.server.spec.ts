import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readUpload } from './upload.server.ts';

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A form as browsers send it. */
async function send(file: Uint8Array, fields: Readonly<Record<string, string>>, chunk = 1000) {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	form.append('file', new Blob([Uint8Array.from(file)]), 'list.csv');
	const request = new Request('http://localhost/', { method: 'POST', body: form });
	const bytes = new Uint8Array(await request.arrayBuffer());
	return { body: inChunks(bytes, chunk), type: request.headers.get('content-type') };
}

test('a file arrives byte for byte, with the fields beside it, however it is cut', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.uint8Array({ maxLength: 3000 }),
			fc.string({ unit: 'grapheme', maxLength: 50 }),
			fc.integer({ min: 1, max: 4000 }),
			async (file, text, chunk) => {
				const value = text.replace(/\r\n?|\n/g, ' ');
				const { body, type } = await send(file, { kind: 'people', value }, chunk);
				const upload = await readUpload(body, type, 10_000);
				if (typeof upload === 'string') throw new Error(upload);
				expect(Buffer.from(upload.file ?? []).equals(Buffer.from(file))).toBe(true);
				expect(Object.fromEntries(upload.fields)).toEqual({ kind: 'people', value });
			}
		),
		{ numRuns: 50 }
	);
});

test('a file over the limit is too large, by one byte and by many', async () => {
	for (const size of [1001, 200_000]) {
		const { body, type } = await send(new Uint8Array(size), {});
		expect(await readUpload(body, type, 1000)).toBe('too-large');
	}
	const { body, type } = await send(new Uint8Array(1000), {});
	expect(await readUpload(body, type, 1000)).toMatchObject({ file: { length: 1000 } });
});

test('what is no form is unreadable, whatever it is', async () => {
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
			const type = 'multipart/form-data; boundary=----mark';
			expect(await readUpload(inChunks(bytes, 100), type, 1000)).toBe('unreadable');
		})
	);
	expect(await readUpload(inChunks(new Uint8Array(9), 9), 'text/csv', 1000)).toBe('unreadable');
	expect(await readUpload(inChunks(new Uint8Array(9), 9), null, 1000)).toBe('unreadable');
});

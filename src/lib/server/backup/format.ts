import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';

/**
 * The form of a backup: a line that says what it is, the header as one line of JSON, its seal, then the
 * parts one after the other, each compressed by itself (Zstandard).
 */
export const magic = 'holdepunkt backup 1';

/** More than any header needs; who names a longer one has no backup of ours. */
export const longestHeader = 200_000;

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const part = v.strictObject({
	store: v.picklist(['platform', 'private', 'keys']),
	/** What the store had taken of each migration, oldest first. */
	migrations: v.array(v.strictObject({ tag: v.string(), hash })),
	bytes: size,
	packedBytes: size,
	/** Of the part as it was before it was compressed. */
	sha256: hash
});

const header = v.strictObject({
	kind: v.picklist(['stores', 'keys']),
	release: v.string(),
	madeAt: v.pipe(v.string(), v.isoTimestamp()),
	/** The same in a file and in its keys. */
	set: v.pipe(v.string(), v.uuid()),
	/** Tells one `SECRET_KEY` from another, and nothing about it. */
	keyFingerprint: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
	parts: v.array(part)
});

export type BackupHeader = v.InferOutput<typeof header>;
export type BackupPart = v.InferOutput<typeof part>;

/** Reads a header that has been shown to be whole; undefined where it is of no kind we know. */
export function parseHeader(text: string): BackupHeader | undefined {
	try {
		const { success, output } = v.safeParse(header, JSON.parse(text));
		return success ? output : undefined;
	} catch {
		return undefined;
	}
}

/** What a `SECRET_KEY` says of itself in a backup, and what it seals headers with. */
export interface BackupSeal {
	fingerprint: string;
	seal(text: string): string;
	isSeal(text: string, seal: string): boolean;
}

/** Derives from the installation's key what backups need, which tells nothing of the key itself. */
export function makeBackupSeal(secretKey: Uint8Array): BackupSeal {
	const derive = (purpose: string, length: number) =>
		Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(), `holdepunkt ${purpose}`, length));
	const key = derive('backup seal', 32);
	const seal = (text: string) => createHmac('sha256', key).update(text).digest('hex');
	return {
		fingerprint: derive('backup fingerprint', 16).toString('hex'),
		seal,
		isSeal: (text, given) =>
			given.length === 64 && timingSafeEqual(Buffer.from(seal(text)), Buffer.from(given))
	};
}

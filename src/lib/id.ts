/**
 * Ids are made by us. Public rows get UUIDv7, which sorts by time; private rows must not tell time
 * and get UUIDv4.
 */

/** A new id that sorts by the moment it was made (UUIDv7, RFC 9562 §5.7). */
export function newId(now: number = Date.now()): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	new DataView(bytes.buffer).setUint32(0, Math.floor(now / 0x10000));
	new DataView(bytes.buffer).setUint16(4, now % 0x10000);
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A new id that tells nothing, not even when it was made (UUIDv4). */
export function newPrivateId(): string {
	return crypto.randomUUID();
}

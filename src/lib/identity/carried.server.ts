import { lte } from 'drizzle-orm';
import * as v from 'valibot';
import type { App } from '#lib/app.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { hashSecret } from '#lib/server/seal.ts';
import { sealText, unsealText } from './sealing.server.ts';
import { spentSecrets } from './tables.server.ts';

/** For how long a browser may take to bring back what it was given. */
export const carriedMinutes = 10;

/** What a browser was given is of one kind, and is taken as no other. */
export type CarriedKind = 'provider' | 'passkey' | 'totp';

const envelope = v.strictObject({ until: v.number(), data: v.unknown() });

/** Seals something for a browser to carry: it can neither read nor change it. */
export function giveAlong(app: App, kind: CarriedKind, data: unknown): string {
	const until = app.now().getTime() + carriedMinutes * 60_000;
	const sealed = sealText(app.sealing.carried, JSON.stringify({ until, data }), kind);
	return Buffer.from(sealed).toString('base64url');
}

/** What {@link giveAlong} sealed; null where it was changed, is of another kind, or too old. */
export function takeBack<Schema extends v.GenericSchema>(
	app: App,
	kind: CarriedKind,
	carried: string | undefined,
	schema: Schema
): v.InferOutput<Schema> | null {
	if (!carried || carried.length > 4096) return null;
	const text = unsealText(app.sealing.carried, Buffer.from(carried, 'base64url'), kind);
	if (text === null) return null;
	const opened = v.safeParse(envelope, JSON.parse(text));
	if (!opened.success || opened.output.until <= app.now().getTime()) return null;
	const found = v.safeParse(schema, opened.output.data);
	return found.success ? found.output : null;
}

/** Spends what works once; false where it was spent before. */
export async function spend(tx: Writer, secret: string, now: Date): Promise<boolean> {
	const expiresAt = new Date(now.getTime() + 2 * carriedMinutes * 60_000);
	const spent = await tx
		.insert(spentSecrets)
		.values({ hash: hashSecret(secret), expiresAt })
		.onConflictDoNothing()
		.returning({ hash: spentSecrets.hash });
	return spent.length > 0;
}

/** Forgets what is void by its age anyway. */
export async function sweepSpent(app: App): Promise<void> {
	await app.db.write(async (tx) => {
		await tx.delete(spentSecrets).where(lte(spentSecrets.expiresAt, app.now()));
	});
}

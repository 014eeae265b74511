import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { findBrokenEntry } from '#lib/audit/read.server.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { audit, auditMonths } from '#lib/audit/tables.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { tamper } from '#tests/support/stores.ts';

const june = new Date('2026-06-03T10:00:00Z');

async function openLog() {
	const app = makeApp();
	await app.db.write(async (tx) => {
		await writeAudit(tx, june, { event: 'sign-in', actor: null, organisation: 'acme' });
		await writeAudit(tx, june, { event: 'sign-out', actor: null, organisation: 'acme' });
	});
	return app;
}

test('entries stand in order, each with a hash of its own', async () => {
	const { db } = await openLog();
	const rows = await db.read.select().from(audit).orderBy(asc(audit.position));
	expect(rows).toMatchObject([
		{ month: '2026-06', position: 1, event: 'sign-in' },
		{ month: '2026-06', position: 2, event: 'sign-out' }
	]);
	expect(new Set(rows.map(({ hash }) => hash)).size).toBe(2);
});

test('16.4.2 an entry can neither be changed nor taken out', async () => {
	const { db } = await openLog();
	await expect(
		db.write((tx) => tx.update(audit).set({ actor: 'kim' }).where(eq(audit.position, 1)))
	).rejects.toThrow();
	await expect(db.write((tx) => tx.delete(audit).where(eq(audit.position, 1)))).rejects.toThrow();
	expect(await db.read.select().from(audit)).toHaveLength(2);
});

test('a whole month goes once its last hash is kept', async () => {
	const { db } = await openLog();
	await db.write(async (tx) => {
		await tx
			.insert(auditMonths)
			.values({ month: '2026-06', lastHash: 'kept', deletedOn: '2026-12-31' });
		await tx.delete(audit).where(eq(audit.month, '2026-06'));
	});
	expect(await db.read.select().from(audit)).toEqual([]);
});

test('16.4.2 what was changed or taken out past the trigger shows', async () => {
	const app = await openLog();
	const { db } = app;
	expect(await findBrokenEntry(db.read, '2026-06')).toBeNull();
	await tamper(
		app,
		['audit', 'audit_unchanged'],
		"UPDATE audit SET event = 'role.granted' WHERE position = 2"
	);
	expect(await findBrokenEntry(db.read, '2026-06')).toBe(2);
	await tamper(app, ['audit', 'audit_kept'], 'DELETE FROM audit WHERE position = 1');
	expect(await findBrokenEntry(db.read, '2026-06')).toBe(2);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { newId } from '#lib/id.ts';
import { insertEntry, type NewEntry } from '#lib/identity/entry-tokens.server.ts';
import { insertPerson } from '#lib/identity/people.server.ts';
import { organisations } from '#lib/identity/tables.server.ts';
import { groupCode } from '#lib/identity/one-time-code.ts';
import { closeStores, openStores } from '#lib/server/db/stores.server.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { insertJob, jobId } from '#lib/server/jobs/queue.server.ts';
import { workplaces } from '#lib/workplaces/tables.server.ts';
import { addMember } from '#lib/workplaces/tree.server.ts';
import type { TestServer } from './server.ts';

/** Writes past the running platform, as another process of the same installation may. */
async function write<T>({ dataDir }: TestServer, work: (tx: Writer) => Promise<T>): Promise<T> {
	const stores = openStores(dataDir, resolve('drizzle'));
	try {
		return await stores.platform.write(work);
	} finally {
		await closeStores(stores);
	}
}

async function hire(tx: Writer, name: string, reach: { email?: string; username?: string }) {
	const [place] = await tx
		.select({ id: workplaces.id, organisation: organisations.id })
		.from(workplaces)
		.innerJoin(organisations, eq(organisations.id, workplaces.organisation))
		.where(eq(workplaces.name, 'Herberget Lanternen'));
	const { email = null, username = null } = reach;
	const id = newId();
	const organisation = place!.organisation;
	await insertPerson(tx, { id, organisation, name, email, username, locale: null });
	await addMember(tx, place!.id, id);
	return id;
}

/** Somebody new who is invited by mail. */
export async function invite(server: TestServer, name: string, email: string): Promise<void> {
	await write(server, async (tx) => {
		const payload = { person: await hire(tx, name, { email }), madeBy: null, occasion: email };
		await insertJob(tx, {
			id: jobId('invitation.made', email),
			event: 'invitation.made',
			subscriber: 'mail to the person',
			payload,
			dueAt: new Date(0)
		});
	});
}

/** Somebody new without an address, with what stands in their letter. */
export async function hireWithLetter(
	server: TestServer,
	name: string,
	username: string,
	age = 0
): Promise<{ code: string; path: string }> {
	const { code, token }: NewEntry = await write(server, async (tx) => {
		const person = await hire(tx, name, { username });
		const now = new Date(Date.now() - age);
		return insertEntry(tx, { person, purpose: 'letter', madeBy: null, now });
	});
	return { code: groupCode(code ?? ''), path: `/invitations/${token}` };
}

/** The path of the link in the last mail to an address, once it has come. */
export async function readMailedLink({ dataDir }: TestServer, email: string): Promise<string> {
	const outbox = join(dataDir, 'outbox');
	let path = '';
	await expect(() => {
		const mails = readdirSync(outbox)
			.filter((file) => file.endsWith('.eml'))
			.sort()
			.map((file) => readFileSync(join(outbox, file), 'utf8').replaceAll('=\n', ''));
		const mail = mails.findLast((each) => each.includes(email));
		path = /\/invitations\/[\w-]+/.exec(mail ?? '')?.[0] ?? '';
		expect(path).not.toBe('');
	}).toPass({ timeout: 20_000 });
	return path;
}

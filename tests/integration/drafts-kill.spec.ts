import fc from 'fast-check';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { startBlank } from '#lib/authoring/document/edits.ts';
import { writeYaml } from '#lib/authoring/document/write.ts';
import { DraftSync } from '#lib/authoring/ui/sync.ts';
import { makePassingShelf } from '#lib/authoring/ui/unsent-updates.ts';
import { ensureBuilt } from '../../src/commands/build.mjs';
import { doEdit, randomEdit, readEverything, Typed } from '#tests/support/draft-edits.ts';
import { checkIntegrity, nameWriterOf, plantDraft, readRows } from '#tests/support/draft-rows.ts';
import { openVisitorWire } from '#tests/support/draft-wire.ts';
import { makeFolder } from '#tests/support/folder.ts';
import { findFreePort, startServer, type Server } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';

const accounts = [
	'peer@demo.example',
	'peer2@demo.example',
	'key@demo.example',
	'editor@demo.example'
];
const editsOfEach = 60;
/** The server is killed in the moment this many changes have been acknowledged. */
const blows = [15, 60, 110];

beforeAll(() => ensureBuilt({ announce: false }), 300_000);

test('every change to a draft that was acknowledged is there once after the server was killed, and all come together', async () => {
	const dataDir = makeFolder();
	const port = await findFreePort();
	const start = () => startServer({ dataDir, port, env: { LOG_LEVEL: 'warn' } });
	let server: Server = await start();
	onTestFinished(() => server.kill());
	const draft = plantDraft(dataDir, accounts);

	const acknowledged: string[] = [];
	const remaining = [...blows];
	let isBack = Promise.resolve();
	const strike = async () => {
		await server.kill();
		expectKept(dataDir, draft, acknowledged);
		server = await start();
		expectKept(dataDir, draft, acknowledged);
	};
	const syncs: DraftSync[] = [];
	for (const account of accounts) {
		const visitor = await new Visitor(server.origin).signIn(account);
		const writer = nameWriterOf(dataDir, account, draft);
		const onacknowledged = (id: string) => {
			acknowledged.push(id);
			if (acknowledged.length < (remaining[0] ?? Infinity)) return;
			remaining.shift();
			isBack = strike();
		};
		const wire = openVisitorWire({ origin: server.origin, visitor, draft, writer, onacknowledged });
		const shelf = makePassingShelf();
		const sync = await DraftSync.open({ wire, shelf, first: null, mayWrite: true });
		onTestFinished(() => sync.close());
		syncs.push(sync);
		if (syncs.length === 1) {
			startBlank(sync.doc);
			await sync.settle();
		}
		sync.listen();
	}

	const typed = new Typed();
	await Promise.all(
		syncs.map(async (sync, index) => {
			const edits = fc.sample(randomEdit, { numRuns: editsOfEach, seed: index + 1 });
			for (const [at, edit] of edits.entries()) {
				doEdit(sync.doc, edit, typed);
				// Whoever writes waits now and then until it is saved, and writes on without a line otherwise.
				if (at % 2 === 0) await sync.settle();
				await isBack;
			}
			await sync.settle();
		})
	);
	await isBack;

	expect(remaining).toEqual([]);
	expectKept(dataDir, draft, acknowledged);
	const { doc } = readRows(dataDir, draft);
	const whole = writeYaml(doc);
	for (const sync of syncs) await comesTo(sync, whole);
	expect(typed.missingFrom(readEverything(doc))).toEqual([]);
	for (const sync of syncs) sync.close();
	expect(await server.stop()).toBe(0);
	expect(checkIntegrity(dataDir)).toEqual([{ integrity_check: 'ok' }]);
	// Nothing went wrong that the platform would have told its operator about.
	expect(server.printed()).not.toContain('"level"');
}, 180_000);

function expectKept(dataDir: string, draft: string, acknowledged: readonly string[]): void {
	const { ids, doc } = readRows(dataDir, draft);
	expect(new Set(ids).size).toBe(ids.length);
	expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
	expect(doc.store.pendingStructs).toBeNull();
}

/** Resolves once somebody has all that the others have. */
async function comesTo({ doc }: DraftSync, whole: string): Promise<void> {
	while (writeYaml(doc) !== whole) await new Promise((resolve) => doc.once('update', resolve));
}

import { createDocument, takeUpdate } from '#lib/authoring/document/document.ts';
import { setText, spliceText, startBlank } from '#lib/authoring/document/edits.ts';
import { readDraft } from '#lib/authoring/document/read.ts';
import { DraftSync } from '#lib/authoring/ui/sync.ts';
import { makePassingShelf } from '#lib/authoring/ui/unsent-updates.ts';
import { untilCompacted } from '#lib/authoring/updates.server.ts';
import { nameWriterOf, plantDraft, plantSum, plantUpdates } from '#tests/support/draft-rows.ts';
import { openVisitorWire } from '#tests/support/draft-wire.ts';
import type { Server } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';
import { typeAndCheck, weighEditor } from './editor.ts';
import type { Figure } from './figure.ts';
import type { Measure } from './ground.ts';

const accounts = ['peer', 'peer2', 'key', 'editor'].map((name) => `${name}@demo.example`);
const place = 'scenario/summary/da';
const keystrokes = 60;
const manyAuthors = 10;
const longDraft = 10_000;

/** How soon what one author types is with the others, and a draft with a long past is open. */
export const measure: Measure = async (ground) => {
	const server = await ground.serve();
	const two = await typeTogether(server, 2);
	const ten = await typeTogether(server, manyAuthors);
	return [
		figure('keystroke to the other author', two, 'keystroke'),
		figure(`the same with ${manyAuthors} who all write`, ten, 'keystrokeAmongTen'),
		await openLong(server, { isSummed: true }),
		await openLong(server, { isSummed: false }),
		typeAndCheck(),
		...(await weighEditor(ground))
	];
};

function figure(what: string, times: readonly number[], budget: Figure['budget']): Figure {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
	const found = `median ${at(0.5).toFixed(0)} ms, of twenty the slowest ${at(0.95).toFixed(0)} ms`;
	return { what, found, value: at(0.95), unit: 'ms', ...(budget && { budget }) };
}

/** Milliseconds from each keystroke of the first author until the second has it, while all write. */
async function typeTogether(server: Server, count: number): Promise<number[]> {
	const draft = plantDraft(server.dataDir, accounts);
	const syncs: DraftSync[] = [];
	for (let index = 0; index < count; index++) {
		const account = accounts[index % accounts.length] ?? '';
		const visitor = await new Visitor(server.origin).signIn(account);
		const writer = nameWriterOf(server.dataDir, account, draft);
		const wire = openVisitorWire({ origin: server.origin, visitor, draft, writer });
		const shelf = makePassingShelf();
		const sync = await DraftSync.open({ wire, shelf, first: null, mayWrite: true });
		syncs.push(sync);
		if (index === 0) {
			startBlank(sync.doc);
			await sync.settle();
		}
		sync.listen();
	}
	const [first, second] = syncs;
	if (!first || !second) throw new Error('it takes two');
	const times: number[] = [];
	for (let round = 0; round < keystrokes; round++) {
		// The others write in texts of their own, as people do.
		for (const [index, { doc }] of syncs.entries()) {
			if (index > 0) spliceText(doc, `scenario/textVersion/${index % 2 ? 'da' : 'en'}`, 0, 0, 'x');
		}
		const wanted = `${round}`;
		const arrived = comesTo(second, wanted);
		const began = performance.now();
		setText(first.doc, place, wanted);
		await arrived;
		times.push(performance.now() - began);
	}
	for (const sync of syncs) sync.close();
	return times;
}

async function comesTo({ doc }: DraftSync, wanted: string): Promise<void> {
	while (doc.getText(`${place}`).toString() !== wanted) {
		await new Promise((resolve) => doc.once('update', resolve));
	}
}

/** With `isSummed` as the server keeps it by itself: the sum of most changes, and the last ones apart. */
async function openLong(server: Server, { isSummed }: { isSummed: boolean }): Promise<Figure> {
	const draft = plantDraft(server.dataDir, accounts);
	const author = createDocument();
	const updates: Uint8Array[] = [];
	author.on('update', (update: Uint8Array) => updates.push(update));
	startBlank(author);
	for (let index = updates.length; updates.length < longDraft; index++) {
		const text = author.getText(place);
		const isFull = text.length > 80;
		spliceText(author, place, isFull ? 0 : text.length, isFull ? 60 : 0, `${index % 10}`);
	}
	plantUpdates(server.dataDir, draft, updates);
	const apart = isSummed ? longDraft % untilCompacted || untilCompacted - 1 : longDraft;
	if (isSummed) plantSum(server.dataDir, draft, updates.slice(0, longDraft - apart));
	const visitor = await new Visitor(server.origin).signIn(accounts[0] ?? '');
	const wire = openVisitorWire({ origin: server.origin, visitor, draft, writer: '' });
	const reader = createDocument();
	const began = performance.now();
	const whole = await wire.fetchWhole();
	if (!whole) throw new Error('the draft was not opened');
	takeUpdate(reader, whole.update);
	readDraft(reader);
	const spent = performance.now() - began;
	return {
		what: `opening a draft of ${longDraft} changes, ${apart} of them not summed up`,
		found: `${spent.toFixed(0)} ms, of which nothing was held before; ${(whole.update.length / 1000).toFixed(0)} kB`,
		value: spent,
		unit: 'ms',
		budget: isSummed ? 'longDraft' : 'longDraftApart'
	};
}

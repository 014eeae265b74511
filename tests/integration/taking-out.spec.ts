import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { beginDraft } from '#lib/authoring/drafts.server.ts';
import { addToDraft } from '#lib/authoring/draft-people.server.ts';
import { gatherArchive, readOwnDraft, takeOut } from '#lib/authoring/take-out.server.ts';
import { startBlank } from '#lib/authoring/skeleton.ts';
import { startFromTemplate, templateNames } from '#lib/authoring/templates.ts';
import { draftComments } from '#lib/authoring/tables.server.ts';
import { readUploadedStory } from '#lib/authoring/upload.ts';
import { newId } from '#lib/id.ts';
import { writeFields } from '#lib/scenario/written.ts';
import { writeZip } from '#lib/server/zip.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeDraft } from '#tests/support/drafts.ts';
import { unzip } from '#tests/support/unzip.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';

let app: TestApp;
let acme: TestOrganisation;
let nadia: Actor;

beforeEach(async () => {
	app = makeApp();
	acme = await makeOrganisation(app, 'Acme');
	nadia = await acme.hire('Nadia', acme.north, 'peer-supporter');
});

/** Brings a file as `/author/new` does; the draft's id and what could not be read. */
async function bring(text: string | Uint8Array, name = 'story.yaml') {
	const bytes = typeof text === 'string' ? Buffer.from(text) : text;
	const read = readUploadedStory(bytes, name, 'da');
	if ('refused' in read) return { refused: read.refused.en };
	const id = newId();
	const unread = { words: 'Ikke læst:', items: read.unread };
	await beginDraft(app, nadia, { id, fields: read.fields, unread });
	return { id, unread: read.unread.map(({ message }) => message.en) };
}

const take = (id: string, form: 'yaml' | 'twee', actor = nadia) =>
	takeOut(app, actor, id, { form, locale: 'da' }).then(({ body }) => body);

describe('a draft as YAML', () => {
	const folder = join('courses', 'scenarios');

	test.each(readdirSync(folder).slice(0, 6))('%s comes back byte for byte', async (file) => {
		const source = app.library.scenario(file.replace('.yaml', ''))!.source;
		const { id, unread } = await bring(source);
		expect(unread).toEqual([]);
		expect(await take(id!, 'yaml')).toBe(source);
	});

	test.each(templateNames)('comes back byte for byte also unfinished: %s', async (name) => {
		const id = newId();
		const fields = writeFields(startFromTemplate(name, name, 'da'));
		await beginDraft(app, nadia, { id, fields });
		const text = await take(id, 'yaml');
		const again = await bring(text);
		expect(again.unread).toEqual([]);
		expect(await take(again.id!, 'yaml')).toBe(text);
	});
});

describe('what cannot be read of a file', () => {
	const source = readFileSync(join('courses', 'scenarios', 'kitchen-lid.yaml'), 'utf8');

	test.each([
		['a key that nobody knows', `colour: green\n${source}`, /colour.*green/],
		['a comment', `# Ask Kim about this.\n${source}`, /Ask Kim about this/],
		['a number where a text stands', source.replace(/^minutes: .*$/m, 'minutes: soon'), /soon/],
		['a later format', source.replace('format: 1', 'format: 2'), /format.*2/],
		['a kind of ending that there is not', source.replace('ending: calm', 'ending: happy'), /happy/]
	])('is told and stays with the draft: %s', async (_, text, told) => {
		const { unread } = await bring(text);
		expect(unread!.join('\n')).toMatch(told);
		const [comment] = await app.db.read.select().from(draftComments);
		expect(comment?.body).toContain('Ikke læst:');
		expect(comment?.body.split('\n')).toHaveLength(unread!.length + 1);
	});

	test.each([
		['no YAML', 'title: {', /./],
		['no story', 'shopping: [milk, bread]', /no story/],
		['no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8]), /UTF-8/]
	])('leaves nothing behind where there is nothing to be read: %s', async (_, text, told) => {
		expect((await bring(text)).refused).toMatch(told);
		expect(await app.db.read.select().from(draftComments)).toEqual([]);
	});
});

describe('a draft as Twee', () => {
	test('comes from Twine with a list of what a scenario has no place for', async () => {
		const file = readFileSync(join('tests', 'support', 'twee', 'forkert-doer.twee'));
		const { id, unread } = await bring(file, 'forkert-doer.twee');
		const { draft } = await readOwnDraft(app, nadia, id!);
		expect(draft.scenes.length).toBeGreaterThan(2);
		const comments = await app.db.read.select().from(draftComments);
		expect(comments).toHaveLength(unread!.length > 0 ? 1 : 0);
	});

	test('goes there and back with its scenes and choices, also before it is finished', async () => {
		const id = newId();
		const fields = writeFields(startFromTemplate('night', 'night', 'en'));
		await beginDraft(app, nadia, { id, fields });
		const again = await bring(await take(id, 'twee'), 'night.twee');
		const [before, after] = [
			await readOwnDraft(app, nadia, id),
			await readOwnDraft(app, nadia, again.id!)
		];
		const tell = ({ draft }: typeof before) =>
			draft.scenes.map(({ key, text, choices }) => [
				key,
				text.da,
				choices.map(({ text: words, kind }) => [words.da, kind])
			]);
		expect(tell(after)).toEqual(tell(before));
	});

	test('waits until every choice leads somewhere', async () => {
		const { id } = await bring(
			'title: { da: Kort, en: Short }\nscenes:\n  one:\n    text: { da: En, en: One }\n    choices:\n      go: { text: { da: Gå, en: Go } }\n'
		);
		expect((await readOwnDraft(app, nadia, id!)).isWhole).toBe(false);
		await expect(take(id!, 'twee')).rejects.toThrow(expect.objectContaining({ code: 'conflict' }));
	});
});

test('8.2.2 a draft is taken out by who writes it, not by who only comments', async () => {
	const kim = await acme.hire('Kim', acme.north, 'key-staff');
	const bo = await acme.hire('Bo', acme.north, 'key-staff');
	const id = await makeDraft(app, nadia, [{ actor: kim, role: 'commenter' }]);
	await expect(take(id, 'yaml', kim)).rejects.toThrow(
		expect.objectContaining({ code: 'forbidden' })
	);
	await expect(take(id, 'yaml', bo)).rejects.toThrow(
		expect.objectContaining({ code: 'not-found' })
	);
});

test('all one’s own texts come in one archive, and nobody else’s', async () => {
	const bo = await acme.hire('Bo', acme.north, 'peer-supporter');
	const mine = await makeDraft(app, nadia);
	const his = newId();
	const blank = writeFields(startBlank('his', { da: 'Hans', en: '' }, 'da'));
	await beginDraft(app, bo, { id: his, fields: blank });
	await app.db.write(async (tx) => {
		await addToDraft(tx, his, nadia.person, 'commenter');
		const comment = { under: null, place: null, quote: null, must: false, at: app.now() };
		const open = { resolvedAt: null, resolvedBy: null };
		await tx.insert(draftComments).values([
			{ ...comment, ...open, id: newId(), draft: his, body: 'Fint.', by: nadia.person },
			{ ...comment, ...open, id: newId(), draft: mine, body: 'Hej.', by: bo.person }
		]);
	});
	const files = unzip(writeZip(await gatherArchive(app, nadia)));
	expect(Object.keys(files).sort()).toEqual(['comments.csv', 'the-light.yaml']);
	expect(files['the-light.yaml']).toBe(await take(mine, 'yaml'));
	expect(files['comments.csv']).toContain('Fint.');
	expect(files['comments.csv']).not.toContain('Hej.');
});

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { inEachLocale, type Locale } from '#lib/content/localised.ts';
import { renderMarkdown } from '#lib/content/markdown.ts';
import { DomainError } from '#lib/errors.ts';
import { makeKebab } from '#lib/scenario/formats/kebab-names.ts';
import { writeStoryPage } from '#lib/scenario/formats/html-export.ts';
import { gatherSurroundings } from '#lib/scenario/formats/surroundings.ts';
import { writeTwee } from '#lib/scenario/formats/twee-export.ts';
import { writeCsv } from '#lib/server/csv.ts';
import type { ZipEntry } from '#lib/server/zip.ts';
import { dayOf } from '#lib/time.ts';
import { findIllustration } from '#lib/ui/illustrations.ts';
import * as m from '#lib/ui/messages/messages.js';
import { completeScenario } from './complete-scenario.ts';
import type { Draft } from './document/draft.ts';
import { readDraft } from './document/read.ts';
import { writeYaml } from './document/write.ts';
import { listDrafts } from './drafts.server.ts';
import { authoriseDraft, readTitles, roleMay, type KnownDraft } from './draft-rights.server.ts';
import { makePlayable } from './playable.ts';
import { readPlayer, type StoryPlayer } from './story-player.server.ts';
import { draftComments, drafts } from './tables.server.ts';
import { readDocument } from './updates.server.ts';

/** What a draft can be taken out as. */
export const takenForms = ['yaml', 'twee', 'html'] as const;

export type TakenForm = (typeof takenForms)[number];

/**
 * Lets pass who may take a draft out: who writes it. A commenter reads here, and takes nobody's story
 * along.
 *
 * @throws {DomainError} `forbidden` to a commenter, `not-found` to who is not in the draft.
 */
async function authoriseTaking(app: App, actor: Actor, draft: string): Promise<KnownDraft> {
	const found = await authoriseDraft(app.db.read, actor, draft, 'comment');
	if (!roleMay(found.role, 'write')) throw new DomainError('forbidden', 'draft write');
	return found;
}

/** A draft as its own pages tell it, for who writes it. */
export async function readOwnDraft(
	app: App,
	actor: Actor,
	id: string
): Promise<{ known: KnownDraft; draft: Draft; isWhole: boolean }> {
	const known = await authoriseTaking(app, actor, id);
	const { doc } = await readDocument(app.db.read, id);
	const draft = readDraft(doc);
	doc.destroy();
	return { known, draft, isWhole: completeScenario(draft) !== null };
}

/**
 * A draft as a file. YAML holds all of it, finished or not; Twee one language; HTML plays offline, in
 * both, and says where nothing is written yet.
 *
 * @throws {DomainError} as {@link readOwnDraft}; `conflict` for Twee while a choice leads nowhere, and
 * for HTML where it cannot be built here.
 */
export async function takeOut(
	app: App,
	actor: Actor,
	id: string,
	{ form, locale }: { form: TakenForm; locale: Locale }
): Promise<{ name: string; type: string; body: string }> {
	await authoriseTaking(app, actor, id);
	const { doc } = await readDocument(app.db.read, id);
	const draft = readDraft(doc);
	const name = nameFile(draft.slug, draft.title);
	const yaml = writeYaml(doc);
	doc.destroy();
	if (form === 'yaml') return { name: `${name}.yaml`, type: 'application/yaml', body: yaml };
	if (form === 'twee') {
		const scenario = completeScenario(draft);
		if (!scenario) throw new DomainError('conflict', 'unfinished');
		const { themes } = gatherSurroundings(scenario, app.library.catalogue, locale);
		const body = writeTwee(scenario, locale, themes);
		return { name: `${name}.${locale}.twee`, type: 'text/plain', body };
	}
	const player = await readPlayer();
	if (!player) throw new DomainError('conflict', 'no-player');
	return {
		name: `${name}.html`,
		type: 'text/html',
		body: await writeHtml(app, draft, locale, player)
	};
}

function nameFile(slug: string, title: { da: string; en: string }): string {
	return slug || makeKebab(title.da || title.en, 'story');
}

async function writeHtml(
	app: App,
	draft: Draft,
	locale: Locale,
	{ script, styles }: StoryPlayer
): Promise<string> {
	const { catalogue } = app.library;
	const terms = new Map(catalogue.glossary.terms.map((term) => [term.slug, term]));
	let texts = 0;
	const scenario = inEachLocale((each) =>
		makePlayable(draft, {
			locale: each,
			placeholder: m.author_unwritten({}, { locale: each }),
			nowhere: m.author_nowhere({}, { locale: each }),
			render: (markdown) => {
				texts += 1;
				const idPrefix = `text-${texts}`;
				const options = { locale: each, terms, sources: new Map(), idPrefix, headingShift: 1 };
				return renderMarkdown(markdown, options).html;
			}
		})
	);
	const { da, en } = scenario;
	if (!da || !en) throw new DomainError('conflict', 'unfinished');
	const around = inEachLocale((each) => gatherSurroundings(da, catalogue, each));
	const setting = catalogue.settings.find(({ slug }) => slug === da.setting);
	const drawing = findIllustration(setting?.illustration ?? da.setting);
	const svg = await readFile(resolve('static', 'illustrations', `${drawing}.svg`));
	return writeStoryPage(
		{
			locale,
			scenario: { da, en },
			themes: inEachLocale((each) => around[each].themes),
			outcomes: inEachLocale((each) => around[each].outcomes),
			contacts: inEachLocale((each) => around[each].contacts),
			drawing: `data:image/svg+xml;base64,${svg.toString('base64')}`
		},
		{ script, styles, hash: (text) => createHash('sha256').update(text).digest('base64') }
	);
}

/**
 * All drafts that somebody writes, as files that can be brought again, and their comments as a table.
 *
 * @throws {DomainError} `forbidden` to who may write nowhere.
 */
export async function gatherArchive(app: App, actor: Actor): Promise<ZipEntry[]> {
	const mine = (await listDrafts(app, actor)).filter(({ role }) => roleMay(role, 'write'));
	const entries: ZipEntry[] = [];
	for (const { id, title } of mine) {
		const { doc } = await readDocument(app.db.read, id);
		const name = nameFile(readDraft(doc).slug, title);
		entries.push({ name: `${name}.yaml`, text: writeYaml(doc) });
		doc.destroy();
	}
	const comments = await app.db.read
		.select({ title: drafts.title, body: draftComments.body, at: draftComments.at })
		.from(draftComments)
		.innerJoin(drafts, eq(drafts.id, draftComments.draft))
		.where(eq(draftComments.by, actor.person))
		.orderBy(asc(draftComments.at), asc(draftComments.id));
	if (comments.length > 0) {
		const rows = comments.map(({ title, body, at }) => {
			const { da, en } = readTitles(title);
			return [da || en, dayOf(at), body];
		});
		entries.push({ name: 'comments.csv', text: writeCsv([['draft', 'day', 'comment'], ...rows]) });
	}
	await app.db.write((tx) =>
		writeAudit(tx, app.now(), { event: 'data.exported', actor, subject: actor.person })
	);
	return entries;
}

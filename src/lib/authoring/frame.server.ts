import { and, desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { readDraft, type Draft } from './document/read.ts';
import { authoriseDraft, roleMay, type KnownDraft } from './draft-rights.server.ts';
import { publishedScenarios } from './tables.server.ts';
import { nameWriter, openDraft, readDocument, toBase64 } from './updates.server.ts';

/** A draft as its editor is opened. */
export interface DraftFrame {
	known: KnownDraft;
	mayWrite: boolean;
	/** What the actor is called towards their own browser. */
	writer: string;
	/** What it says now, for who reads it without scripts. */
	draft: Draft;
	/** The same as the document wants it: all updates up to one, as base64. */
	state: { n: number; update: string };
	/** The version of it that is published now; null while none is. */
	published: number | null;
}

/**
 * All that the editor of a draft begins with.
 *
 * @throws {DomainError} as `authoriseDraft` for commenting.
 */
export async function openFrame(app: App, actor: Actor, id: string): Promise<DraftFrame> {
	const { read } = app.db;
	const known = await authoriseDraft(read, actor, id, 'comment');
	const { n, update } = await openDraft(app, actor, id);
	const { doc } = await readDocument(read, id);
	const [version] = await read
		.select({ version: publishedScenarios.version })
		.from(publishedScenarios)
		.where(and(eq(publishedScenarios.draft, id), eq(publishedScenarios.state, 'published')))
		.orderBy(desc(publishedScenarios.version))
		.limit(1);
	return {
		known,
		mayWrite: roleMay(known.role, 'write') && known.discardedAt === null,
		writer: nameWriter(actor, id),
		draft: readDraft(doc),
		state: { n, update: toBase64(update) },
		published: version?.version ?? null
	};
}

import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { readReleasesOf } from './choice-releases.server.ts';
import { createDocument, takeUpdate } from './document/document.ts';
import type { Draft } from './document/draft.ts';
import { readDraft } from './document/read.ts';
import { authoriseDraft, roleMay, type KnownDraft } from './draft-rights.server.ts';
import { readReview } from './reviews.server.ts';
import { publishedScenarios } from './tables.server.ts';
import { nameWriter, openDraft, toBase64 } from './updates.server.ts';

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
	/** How far it has come on its way to being published, and how many keys have approved all of it. */
	status: { step: 'draft' | 'review' | 'approved' | 'published'; approvals: number };
	/** What has been released of the choices that were taken in the version it was begun from. */
	chosen: { scene: string; choice: string; people: number }[];
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
	const doc = createDocument();
	takeUpdate(doc, update);
	const released = known.begunFrom === null ? [] : await readReleasesOf(read, known.begunFrom);
	const status = await readStatus(app, actor, id);
	return {
		known,
		mayWrite: roleMay(known.role, 'write') && known.discardedAt === null,
		writer: nameWriter(actor, id),
		draft: readDraft(doc),
		state: { n, update: toBase64(update) },
		status,
		chosen: released.map(({ scene, choice, people }) => ({ scene, choice, people }))
	};
}

async function readStatus(app: App, actor: Actor, id: string): Promise<DraftFrame['status']> {
	const { state, standing } = await readReview(app, actor, id);
	if (state.value === 'in-review') {
		const keys = ['subject', 'lived-experience'] as const;
		const approvals = keys.filter((key) =>
			standing.parts.every(({ turned }) => turned[key])
		).length;
		return { step: approvals > 0 ? 'approved' : 'review', approvals };
	}
	const [published] = await app.db.read
		.select({ version: publishedScenarios.version })
		.from(publishedScenarios)
		.where(and(eq(publishedScenarios.draft, id), eq(publishedScenarios.state, 'published')))
		.limit(1);
	return published ? { step: 'published', approvals: 2 } : { step: 'draft', approvals: 0 };
}

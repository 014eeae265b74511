import { readFileSync } from 'node:fs';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import type { DraftText } from '#lib/authoring/reviews.server.ts';
import { acceptKey, offerKey } from '#lib/authoring/reviewers.server.ts';
import type { ReviewKey } from '#lib/authoring/review.ts';
import { draftPeople, drafts, draftUpdates } from '#lib/authoring/tables.server.ts';
import { newId } from '#lib/id.ts';
import type { TestOrganisation } from './world.ts';

/** A sound story under a name that no file has, and an edit of one scene of it. */
export const storySlug = 'the-wrong-door';
const file = readFileSync('courses/scenarios/wrong-office.yaml', 'utf8');
export const storyText = file.replace(/^id: .*$/m, `id: ${storySlug}`);

/** The text of the story with another word in it, which stands in one scene alone. */
export function reword(text: string, from: string, to: string): string {
	if (!text.includes(from)) throw new Error(`the story does not say "${from}"`);
	return text.replace(from, to);
}

/** Somebody's part in a draft. */
export interface Part {
	actor: Actor;
	role?: 'owner' | 'co-author' | 'commenter';
	voice?: 'professional' | 'lived-experience';
	penName?: string | null;
	consents?: boolean;
}

/** A draft with these people in it; what they wrote is told by {@link write}. */
export async function makeDraft(
	app: App,
	people: readonly Part[],
	begunFrom: string | null = null
): Promise<string> {
	const id = newId();
	await app.db.write(async (tx) => {
		await tx.insert(drafts).values({
			id,
			organisation: people[0]!.actor.organisation,
			slug: null,
			title: { da: 'Den forkerte dør', en: 'The wrong door' },
			begunFrom,
			createdAt: app.now(),
			changedAt: app.now(),
			updates: 0,
			discardedAt: null
		});
		for (const { actor, role = 'owner', voice = 'professional', ...part } of people)
			await tx.insert(draftPeople).values({
				draft: id,
				person: actor.person,
				role,
				voice,
				penName: part.penName ?? null,
				consentedOn: (part.consents ?? true) ? '2026-03-01' : null
			});
	});
	return id;
}

/** Notes that these people wrote, one after the other, and gives the text as the draft now has it. */
export async function write(
	app: App,
	draft: string,
	text: string,
	...by: readonly Actor[]
): Promise<DraftText> {
	return app.db.write(async (tx) => {
		const before = await tx
			.select({ draft: draftUpdates.draft, n: draftUpdates.n })
			.from(draftUpdates);
		let n = Math.max(0, ...before.filter((one) => one.draft === draft).map((one) => one.n));
		for (const { person } of by) {
			n += 1;
			const update = { draft, n, id: newId(), body: new Uint8Array([n]), by: person };
			await tx.insert(draftUpdates).values({ ...update, at: app.now() });
		}
		return { text, upTo: n };
	});
}

/** Gives somebody a key, which they accept. */
export async function giveKey(app: App, editor: Actor, to: Actor, key: ReviewKey): Promise<void> {
	await offerKey(app, editor, { person: to.person, key });
	await acceptKey(app, to, key);
}

/** A house that writes: two authors, a reviewer for each key, an editor and a learner. */
export async function hireWriters(app: App, org: TestOrganisation) {
	const editor = await org.hire('Eva', org.north, 'editor');
	const writers = {
		editor,
		peer: await org.hire('Pia', org.north, 'peer-supporter'),
		worker: await org.hire('Ane', org.north, 'key-staff'),
		subject: await org.hire('Sif', org.south, 'key-staff'),
		lived: await org.hire('Lis', org.south, 'peer-supporter'),
		learner: await org.hire('Kim', org.south)
	};
	await giveKey(app, editor, writers.subject, 'subject');
	await giveKey(app, editor, writers.lived, 'lived-experience');
	return writers;
}

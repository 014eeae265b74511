import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { addToDraft, decideConsent } from '#lib/authoring/draft-people.server.ts';
import type { DraftRole } from '#lib/authoring/draft-rights.server.ts';
import { beginDraft } from '#lib/authoring/drafts.server.ts';
import { startFromTemplate } from '#lib/authoring/templates.ts';
import { newId } from '#lib/id.ts';
import { writeFields } from '#lib/scenario/written.ts';

/** A draft of somebody, begun from a template, which its owner has agreed to share; and who else is in it. */
export async function makeDraft(
	app: App,
	owner: Actor,
	others: readonly { actor: Actor; role: Exclude<DraftRole, 'owner'> }[] = []
): Promise<string> {
	const id = newId();
	const fields = writeFields(startFromTemplate('night', 'the-light', 'en'));
	await beginDraft(app, owner, { id, fields });
	await decideConsent(app, owner, id, true);
	await app.db.write(async (tx) => {
		for (const { actor, role } of others) await addToDraft(tx, id, actor.person, role);
	});
	return id;
}

import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { findKnownPlace } from './places.server.ts';
import { workplaces } from './tables.server.ts';
import { findPlace, insertWorkplace } from './tree.server.ts';

export interface WorkplaceForm {
	name: string;
	/** A slug of `settings.yaml`; null for a part of the organisation that is no house. */
	setting: string | null;
}

export type WorkplaceFault = 'name-missing' | 'too-long' | 'setting-unknown';

/** What must be put right before it can be kept; null where all is well. */
function findFault(app: App, { name, setting }: WorkplaceForm): WorkplaceFault | null {
	if (name === '') return 'name-missing';
	if (name.length > 120) return 'too-long';
	const { settings } = app.library.catalogue;
	const isKnown = setting === null || settings.some(({ slug }) => slug === setting);
	return isKnown ? null : 'setting-unknown';
}

const tidy = (form: WorkplaceForm): WorkplaceForm => ({
	...form,
	name: form.name.trim().replace(/\s+/g, ' ')
});

/**
 * Adds a workplace below another; `id` is made by who asks, so that asking twice adds one.
 *
 * @throws {DomainError} `forbidden` to who may not change the tree, `not-found` for a parent out of
 * reach or closed.
 */
export async function addWorkplace(
	app: App,
	actor: Actor,
	{ id, parent, ...form }: WorkplaceForm & { id: string; parent: string }
): Promise<{ added: string } | { fault: WorkplaceFault }> {
	authorise(actor, 'workplaces.manage', await findPlace(app.db.read, parent));
	const workplace = tidy(form);
	const fault = findFault(app, workplace);
	if (fault) return { fault };
	const { organisation } = actor;
	await app.db.write(async (tx) => {
		const known = await findKnownPlace(tx, id);
		if (known?.workplace.parent === parent) return;
		if (known || !(await findPlace(tx, parent))) throw new DomainError('conflict', 'moved-on');
		await insertWorkplace(tx, { id, organisation, parent, ...workplace });
		await writeAudit(tx, app.now(), {
			event: 'workplace.added',
			actor,
			workplace: id,
			detail: { parent }
		});
	});
	return { added: id };
}

/**
 * Gives a workplace another name or setting.
 *
 * @throws {DomainError} `forbidden` to who may not change the tree, `not-found` for a workplace out of
 * reach.
 */
export async function changeWorkplace(
	app: App,
	actor: Actor,
	workplace: string,
	form: WorkplaceForm
): Promise<{ fault: WorkplaceFault | null }> {
	const place = await findKnownPlace(app.db.read, workplace);
	authorise(actor, 'workplaces.manage', place);
	const wanted = tidy(form);
	const fault = findFault(app, wanted);
	const isSame =
		place?.workplace.name === wanted.name && place.workplace.setting === wanted.setting;
	if (fault || isSame) return { fault };
	await app.db.write(async (tx) => {
		await tx.update(workplaces).set(wanted).where(eq(workplaces.id, workplace));
		await writeAudit(tx, app.now(), { event: 'workplace.changed', actor, workplace });
	});
	return { fault: null };
}

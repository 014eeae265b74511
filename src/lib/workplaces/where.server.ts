import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { Permission } from '#lib/access/roles.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { findPlace } from './tree.server.ts';

/**
 * The open workplace that a page is about, for who may do there what the page is for.
 *
 * @throws {DomainError} `forbidden` to who may do it nowhere, `not-found` for a workplace out of reach.
 */
export async function readWhere(
	app: App,
	actor: Actor,
	permission: Permission,
	workplace: string
): Promise<{ id: string; name: string }> {
	const place = await findPlace(app.db.read, workplace);
	authorise(actor, permission, place);
	if (!place) throw new DomainError('not-found', permission);
	return { id: place.workplace.id, name: place.workplace.name };
}

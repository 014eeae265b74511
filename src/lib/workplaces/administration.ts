import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import { DomainError } from '#lib/errors.ts';

/**
 * Lets pass who administers people somewhere. Leaders find and add people too, on pages of their own.
 *
 * @throws {DomainError} `forbidden`.
 */
export function authoriseAdministration(actor: Actor): void {
	if (!canAnywhere(actor, 'people.manage')) throw new DomainError('forbidden', 'people.manage');
}

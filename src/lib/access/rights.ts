import { DomainError } from '#lib/errors.ts';
import type { Actor, Grant } from './actor.ts';
import { rolesThatMay, type Permission } from './roles.ts';

/** A workplace as rights see it: with every workplace above it, itself included. */
export interface Place {
	reachedFrom: readonly string[];
}

/** The workplaces at which the actor holds a role that may; each reaches everything below it. */
export function placesWhere(actor: Actor, permission: Permission): readonly string[] {
	const enough = rolesThatMay[permission];
	return actor.grants.filter(({ role }) => enough.includes(role)).map(({ workplace }) => workplace);
}

/** True when the actor may do this somewhere, no matter where. */
export function canAnywhere(actor: Actor, permission: Permission): boolean {
	return placesWhere(actor, permission).length > 0;
}

/** True when the actor may do this at this place: the boolean form of the rule. */
export function can(actor: Actor, permission: Permission, place: Place): boolean {
	return placesWhere(actor, permission).some((held) => place.reachedFrom.includes(held));
}

/** The role by which the actor may do this at this place, as a log tells it; null where they may not. */
export function findRight(actor: Actor, permission: Permission, place: Place): Grant | null {
	const enough = rolesThatMay[permission];
	const fits = ({ role, workplace }: Grant) =>
		enough.includes(role) && place.reachedFrom.includes(workplace);
	return actor.grants.find(fits) ?? null;
}

/**
 * Lets the actor pass or throws.
 *
 * @throws {DomainError} `forbidden` where the actor lacks the right everywhere, `not-found` where the
 * actor has it elsewhere: a stranger does not learn that a place exists.
 */
export function authorise(actor: Actor, permission: Permission, place: Place | null): void {
	if (!canAnywhere(actor, permission)) throw new DomainError('forbidden', permission);
	if (!place || !can(actor, permission, place)) throw new DomainError('not-found', permission);
}

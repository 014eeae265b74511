import * as m from '#lib/ui/messages/messages.js';

/** What somebody wrote in a form of the plan. */
export interface Typed {
	/** Null or absent for a new entry. */
	entry?: string | undefined;
	kind?: string | undefined;
	title?: string | undefined;
	owner?: string | null | undefined;
	onDay?: string | undefined;
	every?: number | null | undefined;
	until?: string | undefined;
}

type Owner = { id: string; name: string };

/** Colleagues to choose an owner from; who has left the house and still owns it is among them. */
export function ownerOptions(owners: readonly Owner[], present: Owner | null = null) {
	const isMissing = present !== null && !owners.some(({ id }) => id === present.id);
	return [
		{ value: '', name: m.plan_nobody() },
		...(isMissing ? [present] : []).concat(owners).map(({ id, name }) => ({ value: id, name }))
	];
}

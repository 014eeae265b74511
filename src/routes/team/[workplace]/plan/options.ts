import * as m from '#lib/ui/messages/messages.js';

type Owner = { id: string; name: string };

/** Colleagues to choose an owner from; who has left the house and still owns it is among them. */
export function ownerOptions(owners: readonly Owner[], present: Owner | null = null) {
	const isMissing = present !== null && !owners.some(({ id }) => id === present.id);
	return [
		{ value: '', name: m.plan_nobody() },
		...(isMissing ? [present] : []).concat(owners).map(({ id, name }) => ({ value: id, name }))
	];
}

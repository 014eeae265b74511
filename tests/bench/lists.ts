import { setTimeout as wait } from 'node:timers/promises';
import type { Visitor } from '#tests/support/visitor.ts';

/** Brings a list as an administrator does; the address of its preview, once that is there. */
export async function bringList(
	origin: string,
	admin: Visitor,
	kind: 'workplaces' | 'people',
	file: string
): Promise<string> {
	const form = new FormData();
	form.append('kind', kind);
	form.append('file', new Blob([file]), 'list.csv');
	const response = await fetch(`${origin}/admin/import?/upload`, {
		method: 'POST',
		body: form,
		headers: { ...admin.headers, accept: 'text/html' },
		redirect: 'manual'
	});
	const path = response.headers.get('location');
	if (!path) throw new Error(`the list was not taken: ${response.status}`);
	await awaitOffer(admin, path, 'apply');
	return path;
}

/** Has what a preview shows written. */
export async function applyList(admin: Visitor, path: string): Promise<void> {
	await admin.submit(`${path}?/apply`, {});
	await awaitOffer(admin, path, 'undo');
}

/** Resolves when the page of an import offers this, which it does when the step before it is over. */
async function awaitOffer(admin: Visitor, path: string, offer: 'apply' | 'undo'): Promise<void> {
	while (!(await admin.open(path)).includes(`action="?/${offer}"`)) await wait(50);
}

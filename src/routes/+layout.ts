import type { LayoutLoad } from './$types';

/** Pages that bring a header of their own, or want none, and do not pay for the other. */
const withoutShell = ['/learn/[course]/[module]', '/scenarios/[scenario]', '/away'];

/** Pages are HTML; what comes alive on them are small scripts and islands of our own. */
export const csr = false;

export const load: LayoutLoad = async ({ data, route }) => {
	const hasShell = !withoutShell.some((id) => route.id?.startsWith(id));
	const Shell = hasShell ? (await import('#lib/ui/Shell.svelte')).default : null;
	const isShared = data.quietMinutes !== null;
	const Quiet = isShared ? (await import('#lib/ui/QuietDialog.svelte')).default : null;
	return { ...data, Shell, Quiet };
};

/** Pages that bring a header of their own, or want none. */
const withoutShell = [
	'/learn/[course]/[module]',
	'/scenarios/[scenario]',
	'/away',
	'/join',
	'/plenary/[session]/screen'
];

/** Whether the pages of a route stand within the common header and footer. */
export function hasShell(route: string | null): boolean {
	return !withoutShell.some((id) => route?.startsWith(id));
}

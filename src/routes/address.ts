/** Where one is, to come back to: without the name of a form's action, which only a form may ask for. */
export function writeAddress({ pathname, searchParams }: URL): string {
	const kept = new URLSearchParams([...searchParams].filter(([key]) => !key.startsWith('/')));
	return kept.size > 0 ? `${pathname}?${kept}` : pathname;
}

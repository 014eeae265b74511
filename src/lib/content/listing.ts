/** The text files of one tree of content. */
export interface Listing {
	/** The folder as an author names it; empty where paths need none before them. */
	root: string;
	/** Text by path below the folder, with `/` between its parts. */
	files: ReadonlyMap<string, string>;
}

/** How a file of a listing is named to an author. */
export function placeOf({ root }: Listing, path: string): string {
	return root === '' ? path : `${root.replace(/\/+$/u, '')}/${path}`;
}

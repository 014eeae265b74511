import { constants, inflateSync } from 'node:zlib';
import { getDocumentProxy } from 'unpdf';

/** A tag, what is said of it, and what is in it: a text, or further tags. */
export type Tag = [tag: string, ...content: (string | { alt: string } | Tag)[]];

/** A PDF as a screen reader meets it. */
export interface ReadPdf {
	language: string | null;
	title: string | null;
	isTagged: boolean;
	/** Everything drawn on each page, read or not. */
	pages: string[];
	/** What is read, in order; what goes on over a page is one. */
	tree: Tag[];
	/** All of it as one text. */
	text: string;
	links: string[];
	/** The file as it lies. */
	source: string;
}

/** Where the last byte of a stream is a carriage return, it reads like a part of the line's end. */
const cut = { finishFlush: constants.Z_SYNC_FLUSH };

/** Opens a PDF with another library than the one that wrote it. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
	const source = Buffer.from(bytes).toString('latin1');
	const pdf = await getDocumentProxy(bytes.slice());
	const { info } = await pdf.getMetadata();
	const said = info as { Title?: string; Language?: string };
	const mark = (await pdf.getMarkInfo()) as { Marked?: boolean } | null;
	const pages: string[] = [];
	const texts = new Map<string, string>();
	const links: string[] = [];
	const trees: Tag[] = [];
	for (let nth = 1; nth <= pdf.numPages; nth++) {
		const page = await pdf.getPage(nth);
		const { items } = await page.getTextContent({ includeMarkedContent: true });
		let shown = '';
		let open: (string | null)[] = [];
		for (const item of items) {
			if ('str' in item) {
				const text = item.str + (item.hasEOL ? ' ' : '');
				shown += text;
				const id = open.findLast((one) => one !== null);
				if (id) texts.set(id, (texts.get(id) ?? '') + text);
			} else if (item.type === 'endMarkedContent') open = open.slice(0, -1);
			else open.push(('id' in item && (item.id as string | undefined)) || null);
		}
		pages.push(shown.replace(/\s+/g, ' '));
		const tree = await page.getStructTree();
		if (tree) trees.push(...(tree.children as Node[]).map((node) => read(node)));
		for (const one of await page.getAnnotations()) if (one.url) links.push(one.url as string);
	}
	const tree = trees.flatMap(([, ...content]) => content.filter((one) => Array.isArray(one)));
	return {
		language: said.Language ?? null,
		title: said.Title ?? null,
		isTagged: mark?.Marked === true,
		pages,
		tree,
		text: flat(tree).join('\n'),
		links,
		source: source.replace(/stream\r?\n([\s\S]*?)\r?\nendstream/g, (whole, body: string) => {
			const packed = Buffer.from(body, 'latin1');
			return packed[0] === 0x78 ? inflateSync(packed, cut).toString('latin1') : whole;
		})
	};

	function read(node: Node): Tag {
		if (!node.role) return [node.id ?? '', (texts.get(node.id ?? '') ?? '').trim()];
		const content = (node.children ?? []).flatMap((child): (string | Tag)[] =>
			child.role
				? [read(child)]
				: child.type === 'content'
					? [(texts.get(child.id ?? '') ?? '').replace(/\s+/g, ' ').trim()]
					: []
		);
		const alt = node.alt ? [{ alt: node.alt }] : [];
		return [node.role, ...alt, ...content];
	}
}

interface Node {
	role?: string;
	alt?: string;
	type?: string;
	id?: string;
	children?: Node[];
}

function flat(tags: readonly unknown[]): string[] {
	return tags.flatMap((tag) =>
		Array.isArray(tag)
			? (tag.slice(1) as unknown[]).every((one) => typeof one === 'string')
				? [tag.slice(1).join(' ')]
				: flat(tag.slice(1) as unknown[])
			: typeof tag === 'string'
				? [tag]
				: []
	);
}

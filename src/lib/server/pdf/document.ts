import PDFDocument from 'pdfkit';
import { drawOn, type Draw } from './drawing.ts';
import { palette, type Colour } from './palette.ts';
import { readTypeface, spellWith, type Weight } from './typeface.ts';
import { writeTable, type PdfTable } from './table.ts';

/** What is said of a document as a whole. */
export interface PdfAbout {
	title: string;
	/** Of all that it says. */
	language: 'da' | 'en';
	/** In a sentence; for who looks at the file and has not opened it. */
	subject?: string;
	/** Whose document it is. */
	author: string;
	/** Written into the file; the same content at the same moment is the same file. */
	madeAt: Date;
	/** At the foot of every page; the first is 1. */
	footer(page: number, pages: number): string;
	/** A4 unless it is to hang on a wall. */
	paper?: Paper;
}

/** A paragraph in parts; a text alone is one part. */
export type Words = string | readonly (string | { strong: string })[];

export interface Tone {
	colour?: Colour;
	/** In points. */
	size?: number;
	weight?: Weight;
	/** Room below it, in points. */
	below?: number;
}

/** A drawing and what it says in words; null where it says nothing that is not written beside it. */
export interface PdfFigure {
	alt: string | null;
	/** In points. */
	width: number;
	height: number;
	draw: Draw;
}

/** Writes from the top of a page downwards, and turns the page where there is no more room. */
export interface PdfWriter {
	/** In points, of what is written now. */
	readonly width: number;
	/** Of a size of its own where it is to be read from afar. */
	heading(level: 1 | 2 | 3, text: string, size?: number): void;
	paragraph(words: Words, tone?: Tone): void;
	/** A line that leads to an address; it must fit on one line. */
	link(text: string, address: string, tone?: Tone): void;
	list(items: readonly string[]): void;
	/** Items to be read from afar: large, and each behind a mark of its own height. */
	largeList(items: readonly string[], size: number): void;
	/** How many points such an item takes, with the room below it. */
	measureLarge(item: string, size: number): number;
	/** What has a name and a value each, one below the other. */
	facts(pairs: readonly (readonly [name: string, value: string])[]): void;
	table(table: PdfTable): void;
	figure(figure: PdfFigure): void;
	/** Writes `content` at the left of a figure; both stay on one page of `height` points. */
	beside(figure: PdfFigure, height: number, content: () => void): void;
	rule(colour?: Colour): void;
	gap(points: number): void;
	/** Turns the page unless so many points are left. */
	keep(points: number): void;
	/** How many points are left on this page. */
	readonly left: number;
	turnPage(): void;
}

/** Sheets with their margins, in points. */
const papers = {
	A4: { width: 595.28, height: 841.89, side: 62, top: 58, bottom: 70 },
	A3: { width: 841.89, height: 1190.55, side: 62, top: 56, bottom: 62 }
} as const;

export type Paper = keyof typeof papers;

type Page = (typeof papers)[Paper];

const body = 10.5;
/** Of the line to the height of the letters: the typeface brings 1.3 itself. */
const leading = 0.14;
const headings = {
	1: { size: 25, above: 0, below: 10 },
	2: { size: 14, above: 15, below: 5 },
	3: { size: 11.5, above: 10, below: 3 }
} as const;

/**
 * Writes a tagged PDF in our typeface: A4, with a language, a title and a tree of what is heading,
 * paragraph, list, table and figure (PDF 1.7, meant as PDF/UA-1). Everything that is drawn and not in
 * that tree is marked as decoration.
 */
export async function writePdf(
	about: PdfAbout,
	compose: (pdf: PdfWriter) => void
): Promise<Uint8Array<ArrayBuffer>> {
	const page = papers[about.paper ?? 'A4'];
	const doc = open(about, page);
	const whole = collect(doc);
	const root = doc.struct('Document', { lang: about.language });
	doc.addStructure(root);
	compose(writeInto(doc, root, page));
	root.end();
	number(doc, about.footer, page);
	doc.end();
	return whole;
}

function open(
	{ title, language, subject, author, madeAt }: PdfAbout,
	page: Page
): PDFKit.PDFDocument {
	const doc = new PDFDocument({
		size: [page.width, page.height],
		margins: { top: page.top, bottom: page.bottom, left: page.side, right: page.side },
		pdfVersion: '1.7',
		subset: 'PDF/UA' as PDFKit.Mixins.PDFSubsets, // newer than its types
		tagged: true,
		lang: language,
		displayTitle: true,
		bufferPages: true,
		// No font of the library's own: it would be named in the file without being in it.
		font: readTypeface('regular') as unknown as string, // its types know only the path of a file
		info: {
			Title: unmark(title),
			Author: unmark(author),
			...(subject !== undefined && { Subject: unmark(subject) }),
			Creator: unmark(author),
			CreationDate: madeAt
		}
	});
	doc.registerFont('regular', readTypeface('regular'));
	doc.registerFont('bold', readTypeface('bold'));
	return doc;
}

/** The library writes these into XML as they are. */
function unmark(text: string): string {
	return text.replaceAll('&', '\uFF06').replaceAll('<', '\u2039').replaceAll('>', '\u203A');
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array<ArrayBuffer>> {
	return new Promise((fulfil, reject) => {
		const chunks: Uint8Array[] = [];
		doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
		doc.on('error', reject);
		doc.on('end', () => fulfil(new Uint8Array(Buffer.concat(chunks))));
	});
}

/** Everything of a document that its parts write with. */
export interface Sheet {
	doc: PDFKit.PDFDocument;
	root: PDFKit.PDFStructureElement;
	left: number;
	width: number;
	/** In letters that the typeface has. */
	spell(text: string): string;
	/** Sets typeface, size and colour of what is written next. */
	set(tone: Tone): void;
	keep(points: number): void;
	/** Draws what belongs to nothing that is read. */
	decorate(draw: () => void): void;
}

function writeInto(
	doc: PDFKit.PDFDocument,
	root: PDFKit.PDFStructureElement,
	page: Page
): PdfWriter {
	const sheet: Sheet = {
		doc,
		root,
		left: page.side,
		width: page.width - 2 * page.side,
		spell: (text) => spellWith(text, hasLetter(doc)),
		set({ colour = 'ink', size = body, weight = 'regular' }) {
			doc
				.font(weight)
				.fontSize(size)
				.fillColor(palette[colour])
				.lineGap(size * leading);
		},
		keep(points) {
			if (doc.y + points > page.height - page.bottom && doc.y > page.top) doc.addPage();
		},
		decorate(draw) {
			doc.markContent('Artifact', { type: 'Layout' });
			doc.save();
			draw();
			doc.restore();
			doc.endMarkedContent();
		}
	};

	function text(tag: string, words: Words, tone: Tone) {
		sheet.set(tone);
		const parts = typeof words === 'string' ? [words] : words;
		root.add(
			doc.struct(tag, {}, () => {
				doc.x = sheet.left;
				parts.forEach((part, nth) => {
					const isStrong = typeof part !== 'string';
					doc.font(isStrong ? 'bold' : (tone.weight ?? 'regular'));
					doc.text(sheet.spell(isStrong ? part.strong : part), {
						width: sheet.width,
						continued: nth < parts.length - 1
					});
				});
			})
		);
		doc.y += tone.below ?? 0;
	}

	function figure({ alt, width, height, draw }: PdfFigure, x: number, y: number) {
		const paint = () => {
			doc.save();
			draw(drawOn(doc, sheet, x, y));
			doc.restore();
		};
		if (alt === null) return sheet.decorate(paint);
		const said = { alt, bbox: [x, y, x + width, y + height], placement: 'Block' };
		root.add(doc.struct('Figure', said, paint));
	}

	return {
		get width() {
			return sheet.width;
		},
		heading(level, words, wished) {
			const { above, below } = headings[level];
			const size = wished ?? headings[level].size;
			const tone: Tone = { size, weight: 'bold', colour: level === 1 ? 'green' : 'ink' };
			sheet.keep(above + size * 2 + 50);
			if (doc.y > page.top) doc.y += above;
			text(`H${level}`, words, { ...tone, below });
		},
		paragraph(words, tone = {}) {
			sheet.keep(2 * (tone.size ?? body) * 1.5);
			text('P', words, { below: 6, ...tone });
		},
		link(words, address, tone = {}) {
			sheet.keep(20);
			sheet.set({ colour: 'blue', ...tone });
			const shown = sheet.spell(words);
			const line = doc.struct('Link', {}, () => {
				const y = doc.y;
				// A string of the library's own kind, which its types take for a plain one.
				const options = { structParent: line, Contents: new String(shown) as string };
				doc.link(
					sheet.left,
					y,
					doc.widthOfString(shown),
					doc.currentLineHeight(),
					address,
					options
				);
				doc.text(shown, sheet.left, y, { lineBreak: false, underline: true });
				doc.y = y + doc.currentLineHeight(true);
			});
			const around = doc.struct('P');
			root.add(around);
			around.add(line);
			around.end();
			doc.y += tone.below ?? 6;
		},
		list(items) {
			const list = doc.struct('L');
			root.add(list);
			sheet.set({});
			for (const item of items) {
				const indent = 14;
				const shown = sheet.spell(item);
				const options = { width: sheet.width - indent };
				sheet.keep(doc.heightOfString(shown, options));
				const entry = doc.struct('LI');
				list.add(entry);
				const y = doc.y;
				entry.add(doc.struct('Lbl', {}, () => doc.text('•', sheet.left + 2, y, { width: indent })));
				entry.add(doc.struct('LBody', {}, () => doc.text(shown, sheet.left + indent, y, options)));
				entry.end();
				doc.y += 3;
			}
			list.end();
			doc.y += 4;
		},
		largeList(items, size) {
			const list = doc.struct('L');
			root.add(list);
			for (const item of items) {
				const shown = sheet.spell(item);
				sheet.set({ size, weight: 'bold' });
				const options = { width: sheet.width - largeIndent };
				const y = doc.y;
				sheet.decorate(() =>
					doc
						.rect(sheet.left, y + size * 0.12, 10, doc.heightOfString(shown, options) - size * 0.24)
						.fill(palette.green)
				);
				sheet.set({ size, weight: 'bold' });
				const entry = doc.struct('LI');
				list.add(entry);
				const at = sheet.left + largeIndent;
				entry.add(doc.struct('LBody', {}, () => doc.text(shown, at, y, options)));
				entry.end();
				doc.y += largeGap(size);
			}
			list.end();
		},
		measureLarge(item, size) {
			sheet.set({ size, weight: 'bold' });
			const height = doc.heightOfString(sheet.spell(item), { width: sheet.width - largeIndent });
			return height + largeGap(size);
		},
		facts(pairs) {
			const list = doc.struct('L');
			root.add(list);
			const name = Math.min(140, sheet.width * 0.36);
			const options = { width: sheet.width - name };
			for (const [label, value] of pairs) {
				const shown = sheet.spell(value);
				sheet.set({});
				const height = doc.heightOfString(shown, options);
				sheet.keep(height);
				const entry = doc.struct('LI');
				list.add(entry);
				const y = doc.y;
				sheet.set({ colour: 'ink-soft' });
				const words = sheet.spell(label);
				const width = { width: name - 10 };
				const below = y + Math.max(height, doc.heightOfString(words, width));
				entry.add(doc.struct('Lbl', {}, () => doc.text(words, sheet.left, y, width)));
				sheet.set({});
				const at = sheet.left + name;
				entry.add(doc.struct('LBody', {}, () => doc.text(shown, at, y, options)));
				entry.end();
				doc.y = below + 4;
			}
			list.end();
			doc.y += 4;
		},
		table(table) {
			writeTable(sheet, table);
			doc.y += 8;
		},
		figure(one) {
			sheet.keep(one.height);
			const { y } = doc;
			figure(one, sheet.left, y);
			doc.y = y + one.height + 8;
		},
		beside(one, height, content) {
			sheet.keep(Math.max(height, one.height));
			const { y } = doc;
			const whole = sheet.width;
			sheet.width = whole - one.width - 18;
			content();
			sheet.width = whole;
			const reached = doc.y;
			figure(one, sheet.left + whole - one.width, y);
			doc.y = Math.max(reached, y + one.height + 8);
		},
		rule(colour = 'line') {
			sheet.decorate(() =>
				doc
					.moveTo(sheet.left, doc.y)
					.lineTo(sheet.left + sheet.width, doc.y)
					.lineWidth(0.75)
					.stroke(palette[colour])
			);
			doc.y += 8;
		},
		gap(points) {
			doc.y += points;
		},
		keep: (points) => sheet.keep(points),
		get left() {
			return page.height - page.bottom - doc.y;
		},
		turnPage() {
			doc.addPage();
		}
	};
}

/** From the edge to the words of what is read from afar. */
const largeIndent = 34;
const largeGap = (size: number) => size * 0.5;

/** Whether our typeface has a letter; both weights have the same. */
function hasLetter(doc: PDFKit.PDFDocument): (codePoint: number) => boolean {
	// The open font is the library's own and not in its types.
	const { _font } = doc as unknown as {
		_font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } };
	};
	return (codePoint) => _font.font.hasGlyphForCodePoint(codePoint);
}

/** Writes the foot of every page, which belongs to no page's own reading. */
function number(doc: PDFKit.PDFDocument, footer: PdfAbout['footer'], page: Page): void {
	const { start, count } = doc.bufferedPageRange();
	for (let nth = 0; nth < count; nth++) {
		doc.switchToPage(start + nth);
		doc.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
		doc.font('regular').fontSize(8.5).fillColor(palette['ink-soft']);
		const words = spellWith(footer(nth + 1, count), hasLetter(doc));
		doc.text(words, page.side, page.height - page.bottom + 24, { lineBreak: false });
		doc.endMarkedContent();
	}
}

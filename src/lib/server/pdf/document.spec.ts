import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPdf } from '../../../../tests/support/pdf.ts';
import { writePdf, type PdfAbout, type PdfWriter } from './document.ts';
import { spellWith } from './typeface.ts';

const about: PdfAbout = {
	title: 'Tal & prøver',
	language: 'da',
	author: 'Huset ved søen',
	madeAt: new Date('2026-03-14T12:00:00Z'),
	footer: (page, pages) => `Side ${page} af ${pages}`
};

const write = async (compose: (pdf: PdfWriter) => void, changed: Partial<PdfAbout> = {}) =>
	readPdf(await writePdf({ ...about, ...changed }, compose));

describe('A document', () => {
	test('says which language it is in, shows its title, and is marked as tagged for PDF/UA', async () => {
		const pdf = await write((page) => page.heading(1, 'Tal'));
		expect(pdf).toMatchObject({ language: 'da', title: 'Tal ＆ prøver', isTagged: true });
		expect(pdf.source).toContain('/DisplayDocTitle true');
		expect(pdf.source).toContain('<pdfuaid:part>1</pdfuaid:part>');
	});

	test('holds its headings, paragraphs and lists as what they are, in the order they are read', async () => {
		const pdf = await write((page) => {
			page.heading(1, 'Over æøå');
			page.paragraph(['Her er ', { strong: 'to' }, ' ting:']);
			page.list(['den ene', 'den anden']);
			page.facts([['Navn', 'Asta']]);
		});
		expect(pdf.tree).toEqual([
			['H1', 'Over æøå'],
			['P', 'Her er to ting:'],
			[
				'L',
				['LI', ['Lbl', '•'], ['LBody', 'den ene']],
				['LI', ['Lbl', '•'], ['LBody', 'den anden']]
			],
			['L', ['LI', ['Lbl', 'Navn'], ['LBody', 'Asta']]]
		]);
	});

	test('has its own typeface in it and names no other', async () => {
		const { source } = await write((page) => {
			page.heading(1, 'En');
			page.paragraph('To');
		});
		const named = [...source.matchAll(/\/BaseFont \/\w{6}\+([\w-]+)/g)].map(([, name]) => name);
		expect(new Set(named)).toEqual(
			new Set(['AtkinsonHyperlegibleNext-Regular', 'AtkinsonHyperlegibleNext-Bold'])
		);
		expect(source).not.toContain('Helvetica');
	});

	test('tells what a drawing says, and leaves one that says nothing out of the reading', async () => {
		const draw: Parameters<PdfWriter['figure']>[0]['draw'] = (surface) => {
			surface.rect(0, 0, 10, 10, { fill: 'green' });
			surface.label('12', 5, 5);
		};
		const pdf = await write((page) => {
			page.figure({ alt: 'En firkant', width: 10, height: 10, draw });
			page.figure({ alt: null, width: 10, height: 10, draw });
			page.beside({ alt: 'Ved siden af', width: 10, height: 10, draw }, 20, () =>
				page.link('Læs mere', 'https://example.org/a')
			);
		});
		expect(pdf.tree).toEqual([
			['Figure', { alt: 'En firkant' }, '12'],
			['P', ['Link', 'Læs mere']],
			['Figure', { alt: 'Ved siden af' }, '12']
		]);
		expect(pdf.links).toEqual(['https://example.org/a']);
	});

	test('is the same file for the same content at the same moment', async () => {
		const compose = (page: PdfWriter) => page.paragraph('Det samme igen');
		const [one, other] = [await writePdf(about, compose), await writePdf(about, compose)];
		expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
	});

	test('numbers its pages at the foot, where nobody has to hear it', async () => {
		const pdf = await write((page) => {
			for (let nth = 0; nth < 80; nth++) page.paragraph(`Linje ${nth}`);
		});
		expect(pdf.pages.length).toBeGreaterThan(1);
		pdf.pages.forEach((text, nth) =>
			expect(text).toContain(`Side ${nth + 1} af ${pdf.pages.length}`)
		);
		expect(JSON.stringify(pdf.tree)).not.toContain('Side');
	});
});

describe('A table', () => {
	test('has a caption, headings of columns and of rows, and every row once', async () => {
		const pdf = await write((page) =>
			page.table({
				caption: 'Fuldført',
				columns: [
					{ title: 'Sted', share: 2 },
					{ title: 'Antal', share: 1, align: 'end' }
				],
				rows: [
					['Nord', '12'],
					['Syd', '7']
				]
			})
		);
		expect(pdf.tree).toEqual([
			[
				'Table',
				['Caption', 'Fuldført'],
				['THead', ['TR', ['TH', 'Sted'], ['TH', 'Antal']]],
				['TBody', ['TR', ['TH', 'Nord'], ['TD', '12']], ['TR', ['TH', 'Syd'], ['TD', '7']]]
			]
		]);
		expect(pdf.source.match(/\/Scope \/Column/g)).toHaveLength(2);
		expect(pdf.source.match(/\/Scope \/Row/g)).toHaveLength(2);
	});

	test('shows its headings on every page it goes on to, and says them once', async () => {
		const rows = Array.from({ length: 120 }, (_, nth) => [`Sted ${nth}`, `${nth}`]);
		const pdf = await write((page) =>
			page.table({
				caption: 'Alle',
				columns: [
					{ title: 'Overskriften', share: 2 },
					{ title: 'Antal', share: 1 }
				],
				rows
			})
		);
		expect(pdf.pages.length).toBeGreaterThan(2);
		for (const text of pdf.pages) expect(text).toContain('Overskriften');
		const tree = JSON.stringify(pdf.tree);
		expect(tree.match(/Overskriften/g)).toHaveLength(1);
		for (const [place] of rows) expect(tree.split(`"${place}"`)).toHaveLength(2);
	});
});

describe('Our typeface', () => {
	const latin = (code: number) => code < 0x180;

	test('writes a letter that it lacks without its marks, and another script as question marks', () => {
		expect(spellWith('Nguyễn Łukasz ‑ 中', latin)).toBe('Nguyên Łukasz - ?');
	});

	test('is never asked for a letter that it lacks, whatever is written', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) =>
				[...spellWith(text, latin)].every((one) => one === '\n' || latin(one.codePointAt(0) ?? 0))
			)
		);
	});

	test('is on paper what it is on the screen', { timeout: 60_000 }, async () => {
		await promisify(execFile)(process.execPath, ['src/commands/typeface.mjs', '--check']);
	});
});

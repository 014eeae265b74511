/**
 * Makes the typeface of what is printed from the typeface of the screen: `node src/commands/typeface.mjs`.
 * A PDF needs one plain TrueType file a weight; a page has a variable WOFF2 file a range of letters. Run
 * it again where the files in `static/fonts` are replaced; what it writes is kept beside them. `--check`
 * writes nothing and fails where it would write something else.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { create } from 'fontkit';

const folder = new URL('../../static/fonts/', import.meta.url);
const ranges = ['latin', 'latin-ext'];
/** Letters that are moved together: those of our languages. Every pair more is read for every file. */
const moving = new Set(
	'ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÉabcdefghijklmnopqrstuvwxyzæøåé0123456789.,:;-–/()‘’“”'
);
const weights = { regular: 400, bold: 700 };

for (const [name, weight] of Object.entries(weights)) {
	const fonts = ranges.map((range) => open(range, weight));
	const file = new URL(`atkinson-hyperlegible-next-${name}.ttf`, folder);
	const font = assemble(join(fonts), fonts[0].metrics, { name, weight });
	if (!process.argv.includes('--check')) writeFileSync(file, font);
	else if (!readFileSync(file).equals(font)) process.exitCode = 1;
}

/** One variable font at one weight: its letters, and how pairs of them are moved together. */
function open(range, weight) {
	const file = readFileSync(
		new URL(`atkinson-hyperlegible-next-${range}-wght-normal.woff2`, folder)
	);
	const font = create(file);
	// Reading a WOFF2 file is the library's; varying one is ours: it varies plain TrueType only.
	font.getGlyph(0);
	const raw = font._transformedGlyphs;
	const stream = create(file).stream;
	stream.pos = 0;
	const varied = new font.constructor(stream, [weight]);
	const advanceOf = (id) =>
		Math.round(
			font.hmtx.metrics.get(Math.min(id, font.hhea.numberOfMetrics - 1)).advance +
				(varied._variationProcessor?.getAdvanceAdjustment(id, font.HVAR) ?? 0)
		);

	/** Contours of a letter; one made of others is made of their contours. */
	const contoursOf = (id) => {
		const glyph = raw[id];
		if (glyph.numberOfContours === 0) return [];
		if (glyph.numberOfContours > 0) {
			const points = vary(
				id,
				glyph.points.map((point) => point.copy())
			);
			const contours = [];
			let contour = [];
			for (const { x, y, onCurve, endContour } of points) {
				contour.push({ x, y, onCurve });
				if (!endContour) continue;
				contours.push(contour);
				contour = [];
			}
			return contours;
		}
		const Point = raw.find((one) => one.points)?.points[0].constructor;
		const offsets = vary(
			id,
			glyph.components.map(({ dx, dy }) => new Point(true, true, dx, dy))
		);
		return glyph.components.flatMap(({ glyphID, scaleX, scaleY, scale01, scale10 }, nth) =>
			contoursOf(glyphID).map((contour) =>
				contour.map(({ x, y, onCurve }) => ({
					x: x * scaleX + y * scale01 + offsets[nth].x,
					y: y * scaleY + x * scale10 + offsets[nth].y,
					onCurve
				}))
			)
		);
	};

	function vary(id, points) {
		if (weight === 400 || points.length === 0) return points;
		const Point = points[0].constructor;
		const phantoms = [0, 0, 0, 0].map(() => new Point(false, true, 0, 0));
		phantoms[1].x = font.hmtx.metrics.get(Math.min(id, font.hhea.numberOfMetrics - 1)).advance;
		const all = [...points, ...phantoms];
		varied._variationProcessor.transformPoints(id, all);
		return all.slice(0, points.length);
	}

	const glyphOf = (id) => ({
		advance: advanceOf(id),
		contours: contoursOf(id).map((contour) =>
			contour.map(({ x, y, onCurve }) => ({ x: Math.round(x), y: Math.round(y), onCurve }))
		)
	});
	const letters = font.characterSet.filter(
		(code) => code < 0xffff && font.hasGlyphForCodePoint(code)
	);
	const pairs = [];
	const near = letters.filter((code) => moving.has(String.fromCodePoint(code)));
	for (const left of near) {
		for (const right of near) {
			const text = String.fromCodePoint(left, right);
			const { glyphs, positions } = font.layout(text, { ccmp: false, mark: false, mkmk: false });
			if (glyphs.length !== 2) continue;
			const moved = Math.round(positions[0].xAdvance - glyphs[0].advanceWidth);
			if (moved !== 0) pairs.push({ left, right, moved });
		}
	}
	const { ascent, descent, capHeight, xHeight, unitsPerEm } = font;
	return {
		nothing: glyphOf(0),
		letters: new Map(letters.map((code) => [code, glyphOf(font.glyphForCodePoint(code).id)])),
		tabular: new Map(
			letters.flatMap((code) => {
				const plain = font.glyphForCodePoint(code).id;
				const [even] = font.layout(String.fromCodePoint(code), { tnum: true }).glyphs;
				return even && even.id !== plain ? [[code, glyphOf(even.id)]] : [];
			})
		),
		pairs,
		metrics: { ascent, descent, capHeight, xHeight, unitsPerEm }
	};
}

/** Several ranges as one; the first that has a letter gives it. */
function join(fonts) {
	const letters = new Map([...fonts].reverse().flatMap((font) => [...font.letters]));
	const tabular = new Map([...fonts].reverse().flatMap((font) => [...font.tabular]));
	const codes = [...letters.keys()].sort((a, b) => a - b);
	const glyphs = [fonts[0].nothing, ...codes.map((code) => letters.get(code))];
	const ids = new Map(codes.map((code, nth) => [code, nth + 1]));
	const even = [...tabular].sort(([a], [b]) => a - b);
	const evenIds = even.map(([code], nth) => [ids.get(code), glyphs.length + nth]);
	const pairs = new Map(
		fonts.flatMap((font) =>
			font.pairs.map(({ left, right, moved }) => [`${ids.get(left)} ${ids.get(right)}`, moved])
		)
	);
	return {
		glyphs: [...glyphs, ...even.map(([, glyph]) => glyph)],
		ids,
		even: evenIds,
		pairs: [...pairs]
			.map(([pair, moved]) => [...pair.split(' ').map(Number), moved])
			.sort((a, b) => a[0] - b[0] || a[1] - b[1])
	};
}

/** The tables of a TrueType file, as the OpenType specification 1.9 has them. */
function assemble({ glyphs, ids, even, pairs }, metrics, { name, weight }) {
	const drawn = glyphs.map(encodeGlyph);
	const boxes = drawn.map(({ box }) => box).filter(Boolean);
	const box = [
		Math.min(...boxes.map(([x]) => x)),
		Math.min(...boxes.map(([, y]) => y)),
		Math.max(...boxes.map(([, , x]) => x)),
		Math.max(...boxes.map(([, , , y]) => y))
	];
	const offsets = drawn.reduce((all, { bytes }) => [...all, all.at(-1) + bytes.length], [0]);
	const family = 'Atkinson Hyperlegible Next';
	const isBold = weight >= 700;
	const tables = {
		'OS/2': [
			...u16(4, Math.round(glyphs.reduce((sum, { advance }) => sum + advance, 0) / glyphs.length)),
			...u16(weight, 5, 0),
			...u16(650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0),
			...new Array(10).fill(0),
			...u32(7, 0, 0, 0),
			...Buffer.from('NONE'),
			...u16(isBold ? 0x20 : 0x40, 0x20, 0x2212),
			...u16(metrics.ascent, metrics.descent, 0, metrics.ascent, -metrics.descent),
			...u32(3, 0),
			...u16(metrics.xHeight, metrics.capHeight, 0, 0x20, 2)
		],
		GSUB: substituteTabular(even),
		cmap: mapLetters(ids),
		glyf: drawn.flatMap(({ bytes }) => bytes),
		head: [
			...u16(1, 0, 1, 0),
			...u32(0, 0x5f0f3cf5),
			...u16(0x000b, metrics.unitsPerEm),
			...u32(0, 0, 0, 0),
			...u16(...box, isBold ? 1 : 0, 6, 2, 1, 0)
		],
		hhea: [
			...u16(1, 0, metrics.ascent, metrics.descent, 0),
			...u16(Math.max(...glyphs.map(({ advance }) => advance)), box[0], 0, box[2]),
			...u16(1, 0, 0, 0, 0, 0, 0, 0, glyphs.length)
		],
		hmtx: glyphs.flatMap(({ advance }, nth) => u16(advance, drawn[nth].box?.[0] ?? 0)),
		kern: kernPairs(pairs),
		loca: offsets.flatMap((offset) => u32(offset)),
		maxp: [
			...u16(1, 0, glyphs.length),
			...u16(Math.max(...glyphs.map(({ contours }) => contours.flat().length))),
			...u16(Math.max(...glyphs.map(({ contours }) => contours.length))),
			...u16(0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
		],
		name: nameIt(family, isBold ? 'Bold' : 'Regular', name),
		post: [...u16(3, 0), ...u32(0), ...u16(-75, 50), ...u32(0, 0, 0, 0, 0)]
	};
	return wrap(tables);
}

function encodeGlyph({ contours }) {
	const points = contours.flat();
	if (points.length === 0) return { bytes: [], box: null };
	const xs = points.map(({ x }) => x);
	const ys = points.map(({ y }) => y);
	const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
	let last = -1;
	const ends = contours.map((contour) => (last += contour.length));
	const steps = (values) => values.map((value, nth) => value - (values[nth - 1] ?? 0));
	const bytes = [
		...u16(contours.length, ...box, ...ends, 0),
		...points.map(({ onCurve }) => (onCurve ? 1 : 0)),
		...u16(...steps(xs), ...steps(ys))
	];
	while (bytes.length % 4) bytes.push(0);
	return { bytes, box };
}

function mapLetters(ids) {
	const groups = [];
	for (const [code, id] of ids) {
		const open = groups.at(-1);
		if (open && code === open[1] + 1 && id === open[2] + code - open[0]) open[1] = code;
		else groups.push([code, code, id]);
	}
	const table = [...u16(12, 0), ...u32(16 + groups.length * 12, 0, groups.length)];
	return [...u16(0, 1, 3, 10), ...u32(12), ...table, ...groups.flatMap((group) => u32(...group))];
}

function kernPairs(pairs) {
	const size = 2 ** Math.floor(Math.log2(pairs.length));
	return [
		...u16(0, 1, 0, (14 + pairs.length * 6) & 0xffff, 1),
		...u16(pairs.length, size * 6, Math.log2(size), (pairs.length - size) * 6),
		...pairs.flatMap((pair) => u16(...pair))
	];
}

/** One feature, `tnum`: figures of one width. */
function substituteTabular(even) {
	const coverage = 6 + even.length * 2;
	return [
		...u16(1, 0, 10, 30, 44),
		// The one script, its one language, and the feature it has.
		...u16(1),
		...Buffer.from('DFLT'),
		...u16(8, 4, 0),
		...u16(0, 0xffff, 1, 0),
		...u16(1),
		...Buffer.from('tnum'),
		...u16(8, 0, 1, 0),
		...u16(1, 4, 1, 0, 1, 8),
		...u16(2, coverage, even.length, ...even.map(([, to]) => to)),
		...u16(1, even.length, ...even.map(([from]) => from))
	];
}

function nameIt(family, style, name) {
	const names = [
		[0, 'Copyright 2020-2024 The Atkinson Hyperlegible Next Project Authors'],
		[1, family],
		[2, style],
		[3, `${family} ${style}, made from the variable font`],
		[4, `${family} ${style}`],
		[6, `AtkinsonHyperlegibleNext-${name[0].toUpperCase()}${name.slice(1)}`],
		[13, 'SIL Open Font License, Version 1.1'],
		[14, 'https://openfontlicense.org']
	].map(([id, text]) => ({ id, bytes: [...text].flatMap((letter) => u16(letter.charCodeAt(0))) }));
	let offset = 0;
	const records = names.flatMap(({ id, bytes }) => {
		const record = u16(3, 1, 0x0409, id, bytes.length, offset);
		offset += bytes.length;
		return record;
	});
	return [
		...u16(0, names.length, 6 + records.length),
		...records,
		...names.flatMap(({ bytes }) => bytes)
	];
}

function wrap(tables) {
	const names = Object.keys(tables).sort();
	const power = 2 ** Math.floor(Math.log2(names.length));
	let offset = 12 + names.length * 16;
	const bodies = [];
	const directory = names.flatMap((name) => {
		const body = tables[name];
		const padded = [...body, ...new Array((4 - (body.length % 4)) % 4).fill(0)];
		bodies.push(padded);
		const entry = [...Buffer.from(name), ...u32(sum(padded), offset, body.length)];
		offset += padded.length;
		return entry;
	});
	const file = Buffer.from([
		...u32(0x00010000),
		...u16(names.length, power * 16, Math.log2(power), (names.length - power) * 16),
		...directory,
		...bodies.flat()
	]);
	const head = file.readUInt32BE(12 + names.indexOf('head') * 16 + 8);
	file.writeUInt32BE((0xb1b0afba - sum(file)) >>> 0, head + 8);
	return file;
}

function sum(bytes) {
	const file = Buffer.from(bytes);
	let total = 0;
	for (let at = 0; at < file.length; at += 4) total = (total + file.readUInt32BE(at)) >>> 0;
	return total;
}

function u16(...values) {
	return values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]);
}

function u32(...values) {
	return values.flatMap((value) => [
		(value >>> 24) & 0xff,
		(value >>> 16) & 0xff,
		(value >>> 8) & 0xff,
		value & 0xff
	]);
}

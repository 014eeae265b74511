import fc from 'fast-check';

/** How often a property is tried: `HOSTILE_RUNS=20 npx vitest run hostile` tries twenty times as much. */
export function triesOf(usual: number): { numRuns: number; seed?: number } {
	const times = Number(process.env['HOSTILE_RUNS'] ?? 1);
	const seed = process.env['HOSTILE_SEED'];
	return { numRuns: Math.ceil(usual * times), ...(seed && { seed: Number(seed) }) };
}

/** What has broken programs before. */
const known = [
	'',
	' ',
	'\0',
	'a\0b',
	'Kim\r\nBcc: everybody@acme.example',
	'\u2028\u2029\u202e\ufeff',
	'\ud800',
	'\udfff\ud800',
	'e\u0301'.repeat(40),
	'\u{1f469}\u200d\u{1f52c}'.repeat(60),
	'__proto__',
	'constructor',
	'toString',
	'hasOwnProperty',
	'null',
	'undefined',
	'NaN',
	'true',
	'-1',
	'0x10',
	'1e309',
	'9'.repeat(400),
	'2026-02-30',
	'9999-99-99',
	'+275760-09-13',
	'24:61',
	'../../../etc/passwd',
	'..%2f..%2f',
	'//evil.example',
	'/\\evil.example',
	'javascript:alert(1)',
	'<img src=x onerror=alert(1)>',
	'</textarea><script>alert(1)</script>',
	'{{7*7}}${7*7}{html}',
	"' OR 1=1; DROP TABLE people; --",
	'{"$ne":null}',
	'[object Object]',
	'=HYPERLINK("http://evil.example")',
	'%00%ff%c3%28',
	'00000000-0000-0000-0000-000000000000',
	'0190F3A0-0000-7000-8000-000000000000',
	'0190f3a0-0000-7000-8000-00000000000g',
	'a'.repeat(20_000),
	'*'.repeat(6_000),
	'['.repeat(3_000),
	'_a'.repeat(3_000)
] as const;

/** Any text at all, half of them such as have broken programs before. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
	fc.constantFrom(...known),
	fc.string({ unit: 'binary', maxLength: 120 }),
	fc.string({ unit: 'grapheme', maxLength: 60 }),
	fc.string({ maxLength: 40 })
);

/** Names of fields that no form of ours has. */
export const strangeName: fc.Arbitrary<string> = fc.constantFrom(
	'__proto__',
	'constructor',
	'prototype',
	'role',
	'isAdmin',
	'organisation',
	'person[role]',
	'__proto__[role]',
	'\0',
	'x'.repeat(3_000)
);

/** What comes as JSON: any value, with keys and texts that have broken programs before. */
export const hostileJson: fc.Arbitrary<string> = fc.oneof(
	fc.constantFrom(
		'',
		'null',
		'[]',
		'{}',
		'"',
		'{"__proto__":{"role":"administrator"}}',
		'{"constructor":{"prototype":{"role":"administrator"}}}',
		'{"a":1,"a":2}',
		'1e999',
		`${'['.repeat(20_000)}`,
		`${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
		'"\\ud800"'
	),
	fc.json({ maxDepth: 4 }),
	hostileText
);

/** Bytes: none, any, or a text cut somewhere and with some of its bytes changed. */
export function mutated(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
	const change = fc.tuple(fc.nat({ max: Math.max(bytes.length - 1, 0) }), fc.nat({ max: 255 }));
	return fc
		.tuple(
			fc.array(change, { maxLength: 12 }),
			fc.option(fc.nat({ max: bytes.length }), { nil: undefined })
		)
		.map(([changes, end]) => {
			const copy = Uint8Array.from(bytes);
			for (const [at, value] of changes) copy[at] = value;
			return copy.slice(0, end);
		});
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAllowedLink } from './link.ts';
import type { Locale } from './localised.ts';
import { readTitle, renderInline, renderMarkdown } from './markdown.ts';

const options = {
	locale: 'da' as Locale,
	idPrefix: 'here',
	terms: new Map([
		['trigger', { da: 'udløser', en: 'trigger', explanation: { da: 'Det & det.', en: 'That.' } }]
	]),
	sources: new Map([['vive', { da: 'VIVE 2022, s. 12', en: 'VIVE 2022, p. 12' }]])
};
const render = (text: string, locale: Locale = 'da') =>
	renderMarkdown(text, { ...options, locale }).html.replaceAll('\n', '');

describe('a text becomes', () => {
	test.each([
		['paragraphs and emphasis', 'Du *er* **her**.', '<p>Du <em>er</em> <strong>her</strong>.</p>'],
		['lists', '- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
		['headings below those of the page', '## Nu', '<h2>Nu</h2>'],
		['links', '[Hjælp](/help)', '<p><a href="/help">Hjælp</a></p>'],
		[
			'boxes',
			':::notice[Husk]\nRo.\n:::',
			'<div class="notice" role="note"><p class="notice-title">Husk</p><p>Ro.</p></div>'
		],
		['examples', ':::example\nBo.\n:::', '<div class="example" role="note"><p>Bo.</p></div>'],
		[
			'answers to be opened',
			':::reveal[Se svaret]\nRo.\n:::',
			'<details class="reveal"><summary>Se svaret</summary><p>Ro.</p></details>'
		],
		[
			'two sides, each with its heading',
			':::compare\n### A\na\n### B\nb\n:::',
			'<div class="compare"><div class="compare-side"><h3>A</h3><p>a</p></div><div class="compare-side"><h3>B</h3><p>b</p></div></div>'
		],
		[
			'two sides, parted by a line',
			':::compare\na\n\n---\n\nb\n:::',
			'<div class="compare"><div class="compare-side"><p>a</p></div><div class="compare-side"><p>b</p></div></div>'
		],
		[
			'a place for own agreements',
			':::agreements\nSpørg.\n:::',
			'<div class="agreements" data-slot="agreements"><p>Spørg.</p></div>'
		]
	])('%s', (_, text, expected) => {
		expect(render(text)).toBe(expected);
	});

	test('words that are explained by the browser alone, in the language of the page', () => {
		const text = 'En :term[*udløser*]{trigger}.';
		expect(render(text)).toBe(
			'<p>En <button type="button" class="term" popovertarget="here-term-1"><em>udløser</em></button>' +
				'<span id="here-term-1" class="term-note" popover="auto"><strong>udløser</strong> Det &#x26; det.</span>.</p>'
		);
		expect(render(text, 'en')).toContain('<strong>trigger</strong> That.</span>');
	});

	test('quiet marks that say how we know', () => {
		expect(render('Halvdelen. :source{vive}', 'en')).toBe(
			'<p>Halvdelen. <button type="button" class="source" popovertarget="here-source-1" aria-label="How do we know that?">?</button>' +
				'<span id="here-source-1" class="source-note" popover="auto"><strong>How do we know that?</strong> VIVE 2022, p. 12</span></p>'
		);
	});
});

test('every explanation of a text has an id of its own', () => {
	const html = render(':term[a]{trigger} :term[b]{trigger} :source{vive}');
	const ids = [...html.matchAll(/ id="([^"]+)"/gu)].map((match) => match[1]);
	const targets = [...html.matchAll(/ popovertarget="([^"]+)"/gu)].map((match) => match[1]);
	expect(new Set(ids).size).toBe(3);
	expect(targets).toEqual(ids);
});

test('the heading that opens a text is its title', () => {
	const text = '# Ro **nu**\n\n## Hvordan\n\nSid.';
	const rendered = renderMarkdown(text, { ...options, headingShift: 1 });
	expect(rendered.title).toBe('Ro nu');
	expect(rendered.html.replaceAll('\n', '')).toBe('<h3>Hvordan</h3><p>Sid.</p>');
	expect(readTitle(text)).toBe('Ro nu');
	expect(readTitle('Sid.\n\n# Ro')).toBeUndefined();
});

test('a text is parted where own agreements belong', () => {
	const { parts } = renderMarkdown('Før.\n\n:::agreements\nSpørg.\n:::\n\nEfter.', options);
	expect(parts.map(({ kind, html }) => [kind, html.trim()])).toEqual([
		['prose', '<p>Før.</p>'],
		['agreements', '<p>Spørg.</p>'],
		['prose', '<p>Efter.</p>']
	]);
});

describe('a short text', () => {
	test.each([
		['keeps its emphasis', 'Sig **nej**!', 'Sig <strong>nej</strong>!'],
		['is no list, though it begins with a number', '1. maj', '1. maj'],
		['is no heading', '# Ro', '# Ro'],
		['is no box', ':::notice\nRo\n:::', ':::notice\nRo\n:::'],
		['keeps two paragraphs apart', 'A\n\nB', 'A<br>B'],
		['may be empty', '', ''],
		['shows signs of HTML as signs', 'a < b & c', 'a &#x3C; b &#x26; c']
	])('%s', (_, text, expected) => {
		expect(renderInline(text, options)).toBe(expected);
	});
});

describe('1.3.1, 1.3.5, 1.3.7 nothing in a text becomes code', () => {
	test.each([
		['a script', '<script>alert(1)</script>', '<p>&#x3C;script>alert(1)&#x3C;/script></p>'],
		['HTML in a sentence', 'a <b onclick="x()">b</b>', '<p>a &#x3C;b onclick="x()">b&#x3C;/b></p>'],
		['a picture', '![Et hus](https://example.dk/x.png)', '<p>Et hus</p>'],
		['a link to a script', '[x](javascript:alert(1))', '<p>x</p>'],
		['a link to a script behind a name', '[x][y]\n\n[y]: javascript:alert(1)', '<p>x</p>'],
		['a link to another host', '[x](//evil.example)', '<p>x</p>'],
		[
			'Svelte syntax',
			'{@html evil} {#if x}{/if} {evil()}',
			'<p>{@html evil} {#if x}{/if} {evil()}</p>'
		],
		['an unknown box', ':::iframe{src=x onload=y}\nRo.\n:::', '<p>Ro.</p>'],
		['an unknown word', ':script[x]{src=y}', '<p>x</p>'],
		[
			'attributes of a known box',
			':::notice{onclick=x id=y .z}\nRo.\n:::',
			'<div class="notice" role="note"><p>Ro.</p></div>'
		],
		['a term that nobody explains', ':term[x]{constructor}', '<p>x</p>'],
		['a source that is not there', 'Nu. :source{nope}', '<p>Nu. </p>'],
		['a colon', 'Kl. 8:15 eller :nu', '<p>Kl. 8:15 eller :nu</p>'],
		['a button within a link', '[:term[x]{trigger}](/help)', '<p><a href="/help">x</a></p>']
	])('%s', (_, text, expected) => {
		expect(render(text)).toBe(expected);
	});

	const piece = fc.oneof(
		fc.constantFrom(
			...[
				'<script>',
				'</script>',
				'<img src=x onerror=alert(1)>',
				'<!--',
				'-->',
				'<![CDATA[',
				']]>'
			],
			...['[x](javascript:alert(1))', '[x]: javascript:y', '[x]', '](', '![', '<javascript:x>'],
			...[':::notice', ':::reveal[', ':::', '::::compare', ':term[', ']{trigger}', ':source{vive}'],
			...[
				'{onclick=alert(1)}',
				'{@html x}',
				'{#if x}',
				'{/if}',
				'&lt;script&gt;',
				'&#106;avascript:'
			],
			...[
				'`',
				'```',
				'\n',
				'\n\n',
				'- ',
				'> ',
				'# ',
				'---',
				'*',
				'**',
				'\\',
				'"',
				"'",
				'\u0000',
				'\t'
			]
		),
		fc.string({ unit: 'grapheme', maxLength: 8 })
	);
	const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

	test('whatever is written, only elements and attributes on the list come out', () => {
		fc.assert(
			fc.property(text, (markdown) => {
				for (const html of [
					renderMarkdown(markdown, options).html,
					renderInline(markdown, options)
				]) {
					for (const tag of html.matchAll(/<(?<close>\/?)(?<name>[^\s/>]*)(?<rest>[^>]*)>/gu)) {
						expect(tag.groups?.['name']).toMatch(
							/^(?:a|blockquote|br|button|code|details|div|em|h[2-6]|hr|li|ol|p|pre|span|strong|summary|ul)$/u
						);
						expect(tag.groups?.['rest']).toMatch(
							/^(?: (?:href|class|type|popovertarget|aria-label|role|data-slot|start|id|popover)="[^"<>]*")*$/u
						);
					}
					for (const [, href = ''] of html.matchAll(/ href="([^"]*)"/gu)) {
						expect(isAllowedLink(href.replaceAll('&#x26;', '&'))).toBe(true);
					}
				}
			}),
			{ numRuns: 1500 }
		);
	});

	test('every opened element is closed again', () => {
		fc.assert(
			fc.property(text, (markdown) => {
				const open: string[] = [];
				const { html } = renderMarkdown(markdown, options);
				for (const { groups } of html.matchAll(/<(?<close>\/?)(?<name>[a-z0-9]+)[^>]*>/gu)) {
					const name = groups?.['name'] ?? '';
					if (name === 'br' || name === 'hr') continue;
					if (groups?.['close'] === '') open.push(name);
					else expect(open.pop()).toBe(name);
				}
				expect(open).toEqual([]);
			}),
			{ numRuns: 500 }
		);
	});
});

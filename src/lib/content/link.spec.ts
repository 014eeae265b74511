import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAllowedLink } from './link.ts';

test.each([
	['https://borger.dk/hjaelp?x=1#a', true],
	['HTTPS://borger.dk', true],
	['mailto:hjaelp@example.dk', true],
	['/help', true],
	['/learn/basic#text', true],
	['http://borger.dk', false],
	['//evil.example', false],
	['/\\evil.example', false],
	['/\t/evil.example', false],
	['javascript:alert(1)', false],
	['JaVaScRiPt:alert(1)', false],
	['java\nscript:alert(1)', false],
	['data:text/html,x', false],
	['vbscript:x', false],
	['https://borger.dk@evil.example', false],
	['https:evil', false],
	['help', false],
	['#help', false],
	['', false]
])('a link to %j may be followed: %s', (address, allowed) => {
	expect(isAllowedLink(address)).toBe(allowed);
});

test('1.2.2 what may be followed leads to https, to a mailbox or to this platform', () => {
	const start = fc.constantFrom(
		'/',
		'//',
		'/\\',
		'https:',
		'https://',
		'mailto:',
		'java',
		'\t',
		''
	);
	fc.assert(
		fc.property(start, fc.string({ unit: 'binary' }), (before, after) => {
			const address = before + after;
			fc.pre(isAllowedLink(address));
			const url = new URL(address, 'https://holdepunkt.example');
			expect(['https:', 'mailto:']).toContain(url.protocol);
			if (address.startsWith('/')) expect(url.host).toBe('holdepunkt.example');
		}),
		{ numRuns: 2000 }
	);
});

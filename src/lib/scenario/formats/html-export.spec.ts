import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { presentStory, writeStoryPage } from './html-export.ts';

const script = 'say("</script><!-- not the end");';
const styles = 'p { margin: 0 }';
const hash = (text: string) => createHash('sha256').update(text).digest('base64');
const scenario = soundScenario();
const both = <T>(value: T) => ({ da: value, en: value });
const page = writeStoryPage(
	{
		locale: 'en',
		scenario: presentStory(
			{ ...scenario, title: { da: 'Ved <stoppet>', en: 'At the </script> stop' } },
			new Map()
		),
		themes: both({}),
		outcomes: both({}),
		contacts: both([{ name: 'Your leader', number: '12 34', audience: 'You.' }])
	},
	{ script, styles, hash }
);

/** What stands between the tags of an element, by how it begins. */
function inside(opening: string, closing: string): string {
	const from = page.lastIndexOf(opening) + opening.length;
	return page.slice(from, page.indexOf(closing, from));
}

describe('a story as one page', () => {
	test('runs exactly the script and styles it was given, and asks nothing of anybody', () => {
		const code = inside('<script>', '</script>');
		expect(code).toBe('say("<\\/script><\\!-- not the end");');
		const policy = /Content-Security-Policy" content="([^"]*)"/u.exec(page)?.[1];
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain(`script-src 'sha256-${hash(code)}'`);
		expect(policy).toContain(`style-src 'sha256-${hash(inside('<style>', '</style>'))}'`);
		expect(page).not.toMatch(/(?:src|href)="(?!data:|#)/u);
	});

	test('holds the story in both languages as data that no text of it can end', () => {
		const json = inside('<script type="application/json" id="story-data">', '</script>');
		const data = JSON.parse(json) as { scenario: Record<'da' | 'en', { title: string }> };
		expect(data.scenario.en.title).toBe('At the </script> stop');
		expect(data.scenario.da.title).toBe('Ved <stoppet>');
	});

	test('is the short text with its contacts, in both languages, where scripts do not run', () => {
		const plain = inside('<noscript>', '</noscript>');
		expect(plain).toContain('<article lang="da">\n<h1>Ved &#60;stoppet&#62;</h1>');
		expect(plain).toContain('<p>You say what you know, and stay with him.</p>');
		expect(plain).toContain('<p>Du siger, hvad du ved, og bliver hos ham.</p>');
		expect(plain.match(/Your leader · 12 34 · You\./gu)).toHaveLength(2);
	});
});

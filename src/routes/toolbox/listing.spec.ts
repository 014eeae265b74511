import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { locales } from '#lib/content/localised.ts';
import { openLibrary } from '#tests/support/library.ts';
import { listToolbox } from './listing.ts';

const { toolbox } = openLibrary(resolve('courses')).catalogue;

describe.each(locales)('the toolbox in %s', (locale) => {
	const groups = listToolbox(toolbox, locale);
	const tools = groups.flatMap((group) => group.tools);

	test('has a card for each of the thirteen that the Danish recommendations name', () => {
		expect(tools.map(({ slug }) => slug)).toEqual([
			'knowledge-and-skills-framework',
			'scottish-videos',
			'ticometer',
			'roadmap',
			'tips',
			'open-dialogue',
			'open-supervision-room',
			'storm',
			'brief-inspire',
			'fit',
			'coping-form-and-bvc',
			'low-arousal-2',
			'proqol'
		]);
	});

	test('says of every way what awaits one there', () => {
		for (const { links, works } of tools) {
			expect(links.length + works.length).toBeGreaterThan(0);
			for (const { title, awaits } of [...links, ...works]) {
				expect(title).toMatch(/\S/u);
				expect(awaits).toMatch(/\S/u);
			}
		}
	});

	test('names the site of every link that leads away', () => {
		const links = tools.flatMap((tool) => tool.links);
		for (const { url, host } of links) {
			if (url.startsWith('/')) expect(host).toBeNull();
			else expect(url).toContain(host);
		}
	});

	test('says in which language a name is, where it is not that of the page', () => {
		for (const { nameLanguage } of tools) expect(nameLanguage).not.toBe(locale);
		const room = tools.find(({ slug }) => slug === 'open-supervision-room');
		expect(room?.nameLanguage).toBe(locale === 'en' ? 'da' : null);
	});
});

test('a group without a card is left out', () => {
	const empty = { slug: 'empty', title: { da: 'Tom', en: 'Empty' } };
	const groups = listToolbox({ ...toolbox, groups: [...toolbox.groups, empty] }, 'da');
	expect(groups.map(({ slug }) => slug)).not.toContain('empty');
});

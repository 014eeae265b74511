import type { Locale } from '#lib/content/localised.ts';
import type { ImportKind } from './import-columns.ts';

/** A file to begin with: the columns by their names, and lines that show what they hold. */
const examples: Readonly<Record<ImportKind, Readonly<Record<Locale, readonly string[][]>>>> = {
	people: {
		da: [
			[
				'Medarbejdernummer',
				'Navn',
				'E-mail',
				'Brugernavn',
				'Arbejdssted',
				'Rolle',
				'Sprog',
				'Ansat fra',
				'Ansat til',
				'Fravær fra',
				'Fravær til'
			],
			['1001', 'Lise Eksempel', 'lise@kommune.example', '', 'H1', 'leder', 'dansk', '', '', '', ''],
			['1002', 'Omar Eksempel', '', '', 'H1 | H2', '', '', '01-03-2026', '', '', ''],
			[
				'1003',
				'Åse Eksempel',
				'aase@kommune.example',
				'',
				'Socialområdet / Huset ved Åen',
				'nøglemedarbejder',
				'',
				'',
				'',
				'01-04-2026',
				'30-04-2026'
			]
		],
		en: [
			[
				'Employee ID',
				'Name',
				'Email',
				'Username',
				'Workplace',
				'Role',
				'Language',
				'Employed from',
				'Employed until',
				'Away from',
				'Away until'
			],
			[
				'1001',
				'Lise Example',
				'lise@kommune.example',
				'',
				'H1',
				'leader',
				'Danish',
				'',
				'',
				'',
				''
			],
			['1002', 'Omar Example', '', '', 'H1 | H2', '', 'English', '2026-03-01', '', '', ''],
			[
				'1003',
				'Åse Example',
				'aase@kommune.example',
				'',
				'Social services / House by the Stream',
				'key staff',
				'',
				'',
				'',
				'2026-04-01',
				'2026-04-30'
			]
		]
	},
	workplaces: {
		da: [
			['Id', 'Navn', 'Overordnet enhed', 'Type', 'Lukket'],
			['S', 'Socialområdet', '', '', ''],
			['H1', 'Huset ved Åen', 'S', 'herberg', ''],
			['H2', 'Birkehuset', 'S', 'støttet bolig', '']
		],
		en: [
			['Id', 'Name', 'Parent', 'Setting', 'Closed'],
			['S', 'Social services', '', '', ''],
			['H1', 'House by the Stream', 'S', 'shelter', ''],
			['H2', 'Birch House', 'S', 'supported housing', '']
		]
	}
};

/** The example of a kind of list in a language, the headings first. */
export function exampleOf(kind: ImportKind, locale: Locale): readonly (readonly string[])[] {
	return examples[kind][locale];
}

import type { Listing } from '#lib/content/listing.ts';

const vocabularies = {
	'framework.yaml': `levels:
  - slug: informed
    prefix: TI
    title: { da: Traumebevidst, en: Trauma informed }
areas:
  - slug: realise
    title: { da: Opdage, en: Realise }
outcomes:
  - id: TI-K1
    level: informed
    area: realise
    kind: knowledge
    text: { da: Ved noget, en: Knows something }
    status: L
`,
	'glossary.yaml': `terms:
  - slug: trigger
    da: udløser
    en: trigger
    explanation: { da: Noget der minder om fare., en: Something that recalls danger. }
    taught: true
avoid:
  - word: klientel
    instead: { da: borgere, en: citizens }
  - word: trigger warning
    instead: { da: indholdsnote, en: content note }
`,
	'contacts.yaml': `contacts:
  - slug: alarm
    name: { da: Alarm, en: Emergency }
    number: '112'
    audience: { da: Alle, en: Everyone }
    source: national number
    status: C
`,
	'settings.yaml': `settings:
  - { slug: shelter, da: herberg, en: shelter, illustration: shelter }
`,
	'themes.yaml': `themes:
  - { slug: violence, da: vold, en: violence }
`,
	'toolbox.yaml': `groups:
  - { slug: staff, title: { da: Os selv, en: Ourselves } }
tools:
  - slug: proqol
    group: staff
    name: { da: ProQOL, en: ProQOL }
    kind: questionnaire
    purpose: { da: Se hvordan du har det., en: See how you are. }
    who: { da: Du selv., en: Yourself. }
    language: { da: Dansk, en: Danish }
    terms: { da: Gratis., en: Free. }
    links:
      - url: https://proqol.org/proqol-measure
        title: { da: Skemaet, en: The form }
        awaits: { da: Det er her., en: It is here. }
    source: { da: Kilden, en: The source }
`,
	'evidence.yaml': `topics:
  - slug: effect
    title: { da: Virker det?, en: Does it work? }
    findings:
      - slug: not-measured
        text: { da: Det ved vi ikke., en: We do not know. }
        strength: unknown
        source: { da: Os selv, en: Ourselves }
        modules: [basic/first]
`
};

/** 200 short Danish words. */
export const enoughWords = 'Du er her nu. '.repeat(50).trim();
/** 200 English words. */
export const enoughEnglish = 'You are here now. '.repeat(50).trim();

const course = {
	'basic/course.yaml': `title: { da: Kursus, en: Course }
summary: { da: Kort., en: Short. }
level: informed
roles: [staff]
dueDays: 30
`,
	'basic/01-first/module.yaml': `title: { da: Modul, en: Module }
minutes: 3
outcomes: [TI-K1]
contentNote: { da: Handler om ro., en: About calm. }
sources:
  - { id: vive-2022, text: 'VIVE 2022' }
steps:
  - lesson: calm
  - check: one
    question: { da: Hvad hjælper?, en: What helps? }
    options:
      - text: { da: Ro, en: Calm }
        right: true
        why: { da: Det hjælper., en: It helps. }
      - text: { da: Uro, en: Haste }
        why: { da: 'Det hjælper ikke. :source{vive-2022}', en: 'It does not help. :source{vive-2022}' }
  - reflection: { da: Tænk., en: Think. }
  - landing: { da: Pust ud., en: Breathe out. }
illustration: horizon
`,
	'basic/01-first/calm.da.md': `# Ro\n\n${enoughWords}\n`,
	'basic/01-first/calm.en.md': `# Calm\n\n${enoughEnglish}\n`,
	'basic/01-first/text.da.md': 'Det handler om ro.\n',
	'basic/01-first/text.en.md': 'It is about calm.\n'
};

type Change = string | null | ((text: string) => string);

/** A sound tree of one course with one module; a change is a new text, a function of the old one, or null for no such file. */
export function makeTree(changes: Record<string, Change> = {}, root = 'courses'): Listing {
	const files = new Map(Object.entries({ ...vocabularies, ...course }));
	for (const [path, change] of Object.entries(changes)) {
		if (change === null) files.delete(path);
		else files.set(path, typeof change === 'string' ? change : change(files.get(path) ?? ''));
	}
	return { root, files };
}

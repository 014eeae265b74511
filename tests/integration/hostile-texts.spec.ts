/** Files, updates, codes and cookies that nobody sends who means well: told what is wrong, or told nothing. */
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Actor } from '#lib/access/actor.ts';
import {
	appendUpdate,
	fromBase64,
	openDraft,
	readDocument
} from '#lib/authoring/updates.server.ts';
import { addScene, setWords } from '#lib/authoring/document/edits.ts';
import { readDraft } from '#lib/authoring/document/read.ts';
import { checkDraft } from '#lib/authoring/document/trace.ts';
import { findLink } from '#lib/authoring/draft-links.server.ts';
import { readUploadedStory } from '#lib/authoring/upload.ts';
import { verifyCertificate } from '#lib/certificates/verify.server.ts';
import { renderInline, renderMarkdown } from '#lib/content/markdown.ts';
import { checkMarkdown } from '#lib/content/markdown-check.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { createEntryLimits } from '#lib/identity/entry-limits.server.ts';
import { findWayIn, findWayInByCode } from '#lib/identity/enter.server.ts';
import { findByStopToken } from '#lib/notifications/stops.server.ts';
import { attendByCode, attendByWord } from '#lib/plenary/attendance.server.ts';
import { findRoomByCode, findSeat } from '#lib/plenary/phones.server.ts';
import { checkScenario } from '#lib/scenario/check.ts';
import { importTwee } from '#lib/scenario/formats/twee-import.ts';
import { openFeed } from '#lib/workplaces/calendar-feeds.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { ChangeWatch } from '#tests/support/changes.ts';
import { makeDraft } from '#tests/support/drafts.ts';
import { hostileJson, hostileText, mutated, triesOf } from '#tests/support/hostile.ts';
import { Importer } from '#tests/support/import.ts';
import { soundFile, soundText, vocabulary } from '#tests/support/sound-scenario.ts';
import { writeStaff } from '#tests/support/staff-list.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';
import { recordSentMove } from '../../src/routes/scenarios/[scenario]/moves/record.server.ts';
import { identify } from '../../src/identify.server.ts';
import { negotiateLocale } from '../../src/language.ts';
import { findSessionCookie } from '../../src/session-cookie.ts';

let app: TestApp;
let watch: ChangeWatch;
let acme: TestOrganisation;
let pia: Actor;
let ada: Actor;
const left: (() => void)[] = [];

beforeAll(async () => {
	app = makeApp({ tidyUp: (work) => void left.push(() => void work()) });
	acme = await makeOrganisation(app, 'Acme');
	pia = await acme.hire('Pia', acme.north, 'peer-supporter');
	ada = await acme.hire('Ada', acme.north, 'administrator', acme.top);
	watch = new ChangeWatch(app.dataDir);
}, 60_000);

afterAll(() => {
	watch.close();
	for (const leave of left.toReversed()) leave();
});

beforeEach(() => watch.begin());

const bytesOf = (text: string) => new TextEncoder().encode(text);
/** Wrong in a way that the domain knows, or nothing; a fault of ours is thrown on. */
async function judge<T>(work: () => Promise<T>): Promise<T | DomainError> {
	try {
		return await work();
	} catch (thrown) {
		if (thrown instanceof DomainError) return thrown;
		throw thrown;
	}
}

const texts = {
	locale: 'da' as const,
	idPrefix: 'here',
	terms: new Map<string, never>(),
	sources: new Map<string, never>()
};

describe('a text', () => {
	test('1.3.5, 1.3.7 of any kind becomes HTML without a script, and is checked without a fault', () => {
		fc.assert(
			fc.property(
				hostileText,
				fc.constantFrom('', '# ', '> ', ':::notice\n', '- '),
				(text, before) => {
					const { html } = renderMarkdown(before + text, texts);
					const line = renderInline(text, texts);
					expect(`${html}${line}`).not.toMatch(
						/<script|<img|<[a-z]+[^>"]*\son\w+=|href="javascript:/i
					);
					checkMarkdown(text, 'any.md', { terms: undefined, sources: undefined });
				}
			),
			triesOf(400)
		);
	});
});

describe('a scenario', () => {
	test('1.3.1, 15.3.6 as YAML with bytes changed is checked without a fault', () => {
		const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
		fc.assert(
			fc.property(mutated(bytesOf(soundText)), (bytes) => {
				const { problems, scenario } = checkScenario(decode(bytes), soundFile, vocabulary);
				expect(problems.length > 0 || scenario !== null).toBe(true);
			}),
			triesOf(250)
		);
	});

	test('1.3.1 of any text at all is told to be none', () => {
		fc.assert(
			fc.property(fc.oneof(hostileText, hostileJson), (text) => {
				expect(checkScenario(text, soundFile, vocabulary).problems).not.toEqual([]);
			}),
			triesOf(300)
		);
	});

	test('1.3.1 as Twee with bytes changed is imported or refused without a fault', () => {
		const files = readdirSync('tests/support/twee')
			.filter((name) => name.endsWith('.twee'))
			.map((name) => readFileSync(`tests/support/twee/${name}`));
		const file = fc.constantFrom(...files).chain((bytes) => mutated(bytes));
		fc.assert(
			fc.property(file, (bytes) => {
				expect(importTwee(bytes, { file: 'a.twee', language: 'da' }).id).toBeDefined();
			}),
			triesOf(250)
		);
	});

	test('1.5.2, 2.2.1 in a file of any bytes makes a draft or is refused in a sentence', () => {
		const file = fc.oneof(
			fc.uint8Array({ maxLength: 300 }),
			hostileText.map(bytesOf),
			hostileText.map((text) => bytesOf(`:: ${text}\n${text}\n[[a->${text}]]`)),
			hostileJson.map((text) => bytesOf(`scenes: ${text}\ntitle: ${text}`)),
			mutated(bytesOf(soundText))
		);
		fc.assert(
			fc.property(file, fc.constantFrom('a.yaml', 'a.twee', ''), (bytes, name) => {
				const read = readUploadedStory(bytes, name, 'da');
				expect('refused' in read ? read.refused.da : read.fields).toBeTruthy();
			}),
			triesOf(300)
		);
	});
});

describe('a list', () => {
	test('2.2.1 of any bytes is previewed or refused, and nobody is added or changed by it', async () => {
		const importer = new Importer(app, ada);
		const list = bytesOf(writeStaff(8));
		const file = fc.oneof(
			mutated(list),
			fc.uint8Array({ maxLength: 400 }),
			fc
				.array(hostileText, { maxLength: 6 })
				.map((cells) => bytesOf(`navn;mail\n${cells.join(';')}`))
		);
		await fc.assert(
			fc.asyncProperty(file, fc.constantFrom('people', 'workplaces'), async (bytes, kind) => {
				const view = await importer.preview(kind, bytes, { endsMissing: true });
				expect(view.import.id).toBeTruthy();
			}),
			triesOf(60)
		);
		const known = ['platform.imports', 'platform.import_rows'];
		expect(watch.changed().filter((table) => !known.includes(table))).toEqual([]);
	});
});

describe('an update of a draft', () => {
	let draft: string;
	let whole: Uint8Array;

	beforeEach(async () => {
		draft = await makeDraft(app, pia);
		whole = (await openDraft(app, pia, draft)).update;
		watch.begin();
	});

	const send = (body: Uint8Array, id = newId()) =>
		judge(() => appendUpdate(app, pia, draft, { id, body }));

	test('2.3.3 of any bytes is kept whole or not at all, and the draft can be read ever after', async () => {
		const own = new Y.Doc();
		Y.applyUpdate(own, whole);
		const updates: Uint8Array[] = [];
		own.on('update', (update: Uint8Array) => updates.push(update));
		setWords(own, 'scenario/title', { da: 'Nat' });
		addScene(own);
		const body = fc.oneof(
			fc.uint8Array({ maxLength: 200 }),
			...updates.map((update) => mutated(update)),
			mutated(whole)
		);
		await fc.assert(
			fc.asyncProperty(body, async (bytes) => {
				const answer = await send(bytes);
				if (answer instanceof DomainError) expect(watch.changed()).toEqual([]);
				else watch.begin();
			}),
			triesOf(250)
		);
		const { doc } = await readDocument(app.db.read, draft);
		expect(() => checkDraft(readDraft(doc), vocabulary)).not.toThrow();
		expect(await send(Y.encodeStateAsUpdate(own))).toHaveProperty('n');
	});

	test('2.2.1 with any name, any text for bytes and any state vector is refused in a word', async () => {
		await fc.assert(
			fc.asyncProperty(hostileText, fc.uint8Array({ maxLength: 60 }), async (text, vector) => {
				await send(whole, text);
				fromBase64(text);
				const opened = await judge(() => openDraft(app, pia, draft, vector));
				expect(opened).toBeTruthy();
			}),
			triesOf(60)
		);
	});
});

describe('a code, a token or an address', () => {
	test('6.4.1 that was never given opens nothing and changes nothing', async () => {
		const seatless = async (code: string, secret: string) => findSeat(app, code, secret);
		await fc.assert(
			fc.asyncProperty(hostileText, hostileText, async (text, other) => {
				app.entryLimits = createEntryLimits();
				expect(await findWayIn(app, text)).toBeNull();
				expect((await findWayInByCode(app, text, '192.0.2.1')).outcome).not.toBe('found');
				expect(await judge(() => verifyCertificate(app, text, '192.0.2.1'))).toBeNull();
				expect(await judge(() => openFeed(app, text))).toBeNull();
				expect(await findByStopToken(app.db.read, text)).toBeNull();
				expect(await judge(() => findLink(app, pia, text))).toBeInstanceOf(DomainError);
				expect(await judge(() => findRoomByCode(app, text, '192.0.2.1'))).toBeInstanceOf(
					DomainError
				);
				expect(await judge(() => seatless(text, other))).toBeNull();
				await judge(() => attendByCode(app, text, '192.0.2.1'));
				await judge(() => attendByWord(app, pia, text));
				// That somebody tried is written down.
				expect(watch.changed().filter((table) => table !== 'platform.audit')).toEqual([]);
			}),
			triesOf(120)
		);
	});

	test('7.2.3 in a cookie that no sign-in has set is nobody', async () => {
		await fc.assert(
			fc.asyncProperty(hostileText, hostileText, async (text, other) => {
				expect(await identify(app, text)).toBeNull();
				for (const origin of ['http://localhost:3000', 'https://learn.example.dk']) {
					const found = findSessionCookie(
						`${other}; session=${text}; __Host-session=${text}`,
						origin
					);
					if (found) expect(await identify(app, found)).toBeNull();
				}
				expect(['da', 'en']).toContain(
					negotiateLocale({ cookie: text, account: null, accepted: other })
				);
				expect(watch.changed()).toEqual([]);
			}),
			triesOf(150)
		);
	});
});

test('2.2.1 a move that is no move is refused, and nothing of it is kept', async () => {
	const parsed = hostileJson.map((text): unknown => {
		try {
			return JSON.parse(text);
		} catch {
			return text;
		}
	});
	const alike = fc.record({
		attempt: fc.oneof(hostileText, parsed),
		position: fc.oneof(fc.integer(), fc.double(), hostileText),
		move: fc.oneof(hostileText, parsed)
	});
	await fc.assert(
		fc.asyncProperty(hostileText, fc.oneof(parsed, alike), async (scenario, body) => {
			for (const slug of [scenario, 'reception-full-house']) {
				const { status } = await recordSentMove(app, pia, slug, body);
				expect(status).toBeGreaterThanOrEqual(400);
				expect(status).toBeLessThan(500);
			}
			expect(watch.changed()).toEqual([]);
		}),
		triesOf(200)
	);
});

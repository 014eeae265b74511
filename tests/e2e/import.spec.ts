import { readFileSync } from 'node:fs';
import { expect, expectAccessible, test } from './fixtures.ts';
import type { Visitor } from './visitor.ts';
import { sayIn } from './words.ts';

const say = sayIn('da');

const tree = [
	'Id;Navn;Overordnet enhed;Type;Lukket',
	'S;Socialområdet;;;',
	'H1;Huset ved Åen;S;herberg;',
	'H2;Birkely;Fjordby Kommune / Socialområdet;støttet bolig;'
].join('\r\n');

const people = [
	'Medarbejdernummer;Navn;E-mail;Arbejdssted;Rolle',
	'1001;Søren Østergård;soren@fjordby.example;H1;leder',
	'1002;Åse Ærø;;Huset ved Åen | Birkely;',
	'1003;Bo Bæk;bo.baek@fjordby.example;Intetsteds;',
	'1004;=cmd|calc;calc@fjordby.example;H1;',
	'1005;Ida 010190-1234;ida@fjordby.example;H1;',
	'1002;Åse igen;;H2;'
].join('\r\n');

async function upload(
	visitor: Visitor,
	kind: 'people' | 'workplaces',
	content: string | Buffer
): Promise<void> {
	await visitor.open('/admin/import');
	await visitor.page.getByLabel(visitor.say(`import_kind_${kind}`), { exact: true }).check();
	await visitor.page.getByLabel(visitor.say('import_upload_file')).setInputFiles({
		name: 'liste.csv',
		mimeType: 'text/csv',
		buffer: Buffer.isBuffer(content) ? content : Buffer.from(content)
	});
	await visitor.press(visitor.button(visitor.say('import_upload_button')));
	await expect(
		visitor.heading(
			visitor.say('import_preview_title', { kind: visitor.say(`import_kind_${kind}`) })
		)
	).toBeVisible();
}

const sentence = (counts: Partial<Record<string, number>>) =>
	say('import_sentence', {
		new: 0,
		changed: 0,
		moved: 0,
		ended: 0,
		same: 0,
		refused: 0,
		...counts
	} as never);

for (const javaScriptEnabled of [true, false]) {
	test.describe(
		javaScriptEnabled ? 'an administrator' : 'without JavaScript, an administrator',
		() => {
			test.use({ changesState: true, javaScriptEnabled });

			test('brings the tree and the people, and takes the people back', async ({
				visitor,
				page
			}) => {
				test.slow();
				await visitor.signIn('admin');
				await upload(visitor, 'workplaces', tree);
				await expect(page.getByText(sentence({ new: 2, changed: 1 }))).toBeVisible();
				if (javaScriptEnabled) await expectAccessible(page);
				await visitor.press(visitor.button(say('import_apply_button')));
				await expect(page.getByText(say('import_applied_title'))).toBeVisible();

				// As older systems write it: Windows-1252, without a mark.
				await upload(visitor, 'people', Buffer.from(people, 'latin1'));
				await expect(page.getByText(sentence({ new: 2, refused: 4 }))).toBeVisible();
				for (const words of [
					'Søren Østergård',
					say('import_reason_unknown_workplace', { text: 'Intetsteds' }),
					say('import_reason_bad_name', { text: '=cmd|calc' }),
					say('import_reason_cpr'),
					say('import_reason_twice', { line: 3 })
				])
					await expect(page.getByText(words).first()).toBeVisible();
				await expect(page.getByText('010190')).toHaveCount(0);
				if (javaScriptEnabled) await expectAccessible(page);
				await visitor.press(visitor.button(say('import_apply_button')));
				await expect(page.getByText(say('import_applied_title'))).toBeVisible();
				await expect(page.getByText(say('import_invite_what', { count: 1 }))).toBeVisible();

				await visitor.press(visitor.button(say('import_letters_button')));
				await expect(page.getByRole('article')).toHaveCount(1);
				await expect(page.getByRole('article')).toContainText('Åse Ærø');
				if (javaScriptEnabled) await expectAccessible(page);
				await visitor.press(visitor.link(say('import_letters_back')));

				await visitor.press(visitor.button(say('import_invite_button')));
				await expect(page.getByText(say('import_invited', { count: 1 }))).toBeVisible();
				await visitor.press(visitor.button(say('import_undo_button')));
				await expect(page.getByText(say('import_undone_title'))).toBeVisible();
				await upload(visitor, 'people', Buffer.from(people, 'latin1'));
				await expect(page.getByText(sentence({ new: 2, refused: 4 }))).toBeVisible();
			});
		}
	);
}

test.describe('a file', () => {
	test.use({ changesState: true });

	test('that ends people asks whether they have left, and twice where they are many', async ({
		visitor,
		page,
		complaints
	}) => {
		complaints.expect(/status of 422/);
		await visitor.signIn('admin');
		await visitor.open('/admin/import');
		await page.getByLabel(say('import_upload_ends')).check();
		await page.getByLabel(say('import_upload_file')).setInputFiles({
			name: 'liste.csv',
			mimeType: 'text/csv',
			buffer: Buffer.from('Navn;E-mail\nMette Holm;staff@demo.example\n')
		});
		await visitor.press(visitor.button(say('import_upload_button')));
		await expect(visitor.heading(say('import_apply_title'), 2)).toBeVisible();
		const missing = page.getByRole('checkbox');
		const count =
			/\d+/.exec((await page.locator('label', { has: missing }).textContent()) ?? '')?.[0] ?? '';
		await missing.check();
		await page.getByRole('textbox').fill('1');
		await visitor.press(visitor.button(say('import_apply_button')));
		await expect(page.getByText(say('import_unconfirmed'))).toBeVisible();
		await page.getByRole('checkbox').check();
		await page.getByRole('textbox').fill(count);
		await visitor.press(visitor.button(say('import_apply_button')));
		await expect(page.getByText(say('import_applied_title'))).toBeVisible();
		// Who brought the list is never ended by it.
		await visitor.open('/admin/import');
		await expect(visitor.heading(say('import_title'))).toBeVisible();
	});

	test('over 20 MB is refused with a sentence, and one far larger than a text is read', async ({
		visitor,
		page,
		complaints
	}) => {
		complaints.expect(/status of 413/);
		await visitor.signIn('admin');
		const line = `${'x'.repeat(99)}\n`;
		const send = async (bytes: number) => {
			await visitor.open('/admin/import');
			await page.getByLabel(say('import_upload_file')).setInputFiles({
				name: 'liste.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from(`navn;mail\n${line.repeat(Math.ceil(bytes / 100))}`)
			});
			await visitor.press(visitor.button(say('import_upload_button')));
		};
		await send(20_500_000);
		await expect(page.getByText(say('import_too_large'))).toBeVisible();
		await send(1_000_000);
		await expect(page.getByText(say('import_reason_no_key')).first()).toBeVisible({
			timeout: 60_000
		});
	});

	test('cannot be brought by anybody else', async ({ visitor, server: { origin } }) => {
		for (const account of ['staff', 'leader'] as const) {
			await visitor.signIn(account);
			const { request } = visitor.page;
			expect((await request.get('/admin/import')).status()).toBe(403);
			expect((await request.get('/admin/import/examples/people.csv')).status()).toBe(403);
			const response = await request.post('/admin/import?/upload', {
				headers: { origin, accept: 'text/html' },
				multipart: {
					kind: 'people',
					file: { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(people) }
				}
			});
			expect(response.status()).toBe(403);
		}
	});
});

test('the examples can be brought as they are, but for the workplaces they name', async ({
	visitor
}) => {
	await visitor.signIn('admin');
	await visitor.open('/admin/import');
	const download = visitor.page.waitForEvent('download');
	await visitor.link(say('import_example_people')).click();
	const file = await (await download).path();
	expect(readFileSync(file, 'utf8')).toContain('Medarbejdernummer;Navn;E-mail');
});

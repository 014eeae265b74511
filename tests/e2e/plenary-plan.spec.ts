import { readFileSync } from 'node:fs';
import { expect, expectAccessible, test } from './fixtures.ts';
import { tabAndEnter } from './keyboard.ts';

test.use({ changesState: true });

const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Copenhagen' });

/**
 * What a house does around a session: plan, invite, print, note that it was held, and hear who was there.
 * The room itself has a story of its own.
 */
test('a key staff member plans an hour, invites to it, and hears who was there', async ({
	visitor,
	another,
	complaints,
	say
}) => {
	const { page } = visitor;
	// The plan with a slip of the hand.
	complaints.expect(/status of 422/);
	await visitor.signIn('key');
	await visitor.open('/plenary');
	await expect(visitor.heading(say('plenary_title'))).toBeVisible();
	// What the demonstration has planned.
	await expect(visitor.link('Plenumøvelse: ingen ledig seng')).toBeVisible();
	await tabAndEnter(visitor.link(say('plenary_plan_new')));
	await visitor.press(visitor.link(say('plenary_kind_sparring')));
	await expect(visitor.heading(say('plenary_kind_sparring'))).toBeVisible();
	await expectAccessible(page);

	// A slip of the hand is told, and what was written stays.
	await page.getByLabel(say('plenary_form_title')).fill('Sparring om nattevagten');
	await page.getByLabel(say('plenary_form_day'), { exact: true }).fill('2020-01-01');
	await visitor.press(visitor.button(say('plenary_plan_button')));
	await expect(page.getByText(say('plenary_fault_time')).first()).toBeVisible();
	await expect(page.getByLabel(say('plenary_form_title'))).toHaveValue('Sparring om nattevagten');
	await page.getByLabel(say('plenary_form_day'), { exact: true }).fill(today());
	await page.getByLabel(say('plenary_form_place')).fill('Vagtstuen');
	await page.getByLabel(say('plenary_observer_nth', { nth: 1 })).selectOption('Ewa Nowak');
	await visitor.press(page.locator('summary').filter({ hasText: 'Traumebevidst i hverdagen' }));
	await page.getByLabel('Hvad er et traume?').check();
	await visitor.press(visitor.button(say('plenary_plan_button')));
	await expect(visitor.heading('Sparring om nattevagten')).toBeVisible();
	await expect(page.getByText('Ewa Nowak')).toBeVisible();
	await expectAccessible(page);
	const session = new URL(page.url()).pathname;

	// Seen before it is sent, and never sent twice.
	await visitor.press(visitor.link(say('plenary_invite')));
	await expect(page.getByText(say('plenary_invite_what'))).toBeVisible();
	await expectAccessible(page);
	await visitor.press(page.locator('form[action="?/send"] button'));
	await expect(page).toHaveURL(/[?&]sent=/);
	await expect(page.getByText(say('plenary_invite_all_told'))).toBeVisible();
	await visitor.open(`${session}/print`);
	await expect(visitor.heading(new RegExp(say('plenary_attendance_sheet')), 2)).toBeVisible();
	await expectAccessible(page);

	// A code for who has no device, and the word of the day for everybody else.
	await visitor.open(`${session}/codes`);
	await visitor.press(visitor.button(say('plenary_codes_make')));
	const slip = page.locator('li').filter({ hasText: 'Ewa Nowak' });
	const code = await slip.locator('.code').innerText();
	await visitor.open(session);
	await visitor.press(visitor.button(say('plenary_note_held_button')));
	await visitor.press(visitor.link(say('plenary_after')));
	await visitor.press(visitor.button(say('plenary_word_make')));
	const word = await page.locator('.word').innerText();

	const learner = await another();
	await learner.signIn('staff');
	await learner.open('/me/attendance');
	await learner.page.getByLabel(say('attendance_word_label')).fill(word.toUpperCase());
	await learner.press(learner.button(say('attendance_button')).first());
	await expect(learner.page.getByText(say('attendance_noted'))).toBeVisible();
	await expect(learner.page.getByText('Hvad er et traume?').first()).toBeVisible();
	await expectAccessible(learner.page);
	await learner.open('/me');
	await expect(learner.page.getByRole('row', { name: /Hvad er et traume/ })).toContainText(
		say('me_source_attended')
	);

	const onPaper = await another();
	await onPaper.open('/me/attendance');
	await onPaper.page.getByLabel(say('attendance_code_label')).fill(code.toLowerCase());
	await onPaper.press(onPaper.button(say('attendance_button')));
	await expect(onPaper.page.getByText(say('attendance_noted'))).toBeVisible();
	await expect(onPaper.page.getByText('Ewa')).toHaveCount(0);
	await expectAccessible(onPaper.page);

	await visitor.open(`${session}/after`);
	await expect(page.getByRole('listitem').filter({ hasText: /Nowak|Holm/ })).toHaveText([
		'Ewa Nowak',
		'Mette Holm'
	]);
});

test('what a house has agreed hangs on its wall and stands in its lessons', async ({
	visitor,
	say
}) => {
	const { page } = visitor;
	await visitor.signIn('key');
	await visitor.open('/plenary');
	await visitor.press(visitor.link(new RegExp(`^${say('plenary_agreements')}`)));
	await expect(visitor.heading(say('plenary_agreements'))).toBeVisible();
	const words = 'Vi slukker lyset stille';
	await page.getByLabel(say('plenary_agreement_words')).fill(words);
	await visitor.press(visitor.button(say('plenary_agreement_add_button')));
	const all = page.locator('li[id^="a-"]');
	await expect(all.last()).toContainText(words);
	await visitor.press(all.last().getByRole('button', { name: new RegExp(say('plenary_up')) }));
	await expect(all.last()).not.toContainText(words);
	const own = all.filter({ hasText: words });
	await visitor.press(own.getByRole('button', { name: new RegExp(say('plenary_slid_button')) }));
	await expect(own).toContainText(/Gled,/);
	await expectAccessible(page);
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: say('certificates_pdf_da') }).click();
	const poster = readFileSync(await (await download).path());
	expect(poster.subarray(0, 5).toString()).toBe('%PDF-');
	await visitor.open('/learn/key-staff/plenary-exercise?step=card-when-somebody-is-affected');
	await expect(page.getByText(words)).toBeVisible();
});

test('without scripts the plan is kept and the word of the day counts', async ({
	browser,
	server,
	say
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'da-DK' });
	const page = await context.newPage();
	await page.goto(`${server.origin}/sign-in`);
	await page.getByRole('button', { name: 'key@demo.example' }).click();
	await page.goto(`${server.origin}/plenary/new`);
	await page.getByRole('link', { name: say('plenary_kind_exercise') }).click();
	await page.getByLabel(say('plenary_form_title')).fill('Øvelse uden script');
	await page.getByRole('button', { name: say('plenary_plan_button') }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Øvelse uden script' })).toBeVisible();
	await page.goto(`${server.origin}/me/attendance`);
	await page.getByLabel(say('attendance_word_label')).fill('ikke ordet');
	await page
		.getByRole('button', { name: say('attendance_button') })
		.first()
		.click();
	await expect(page.getByText(say('attendance_unknown_word'))).toBeVisible();
	await context.close();
});

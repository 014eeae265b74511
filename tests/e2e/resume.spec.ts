import { choiceIn, shelter, swapping, titleOfLesson } from './content.ts';
import { expect, test } from './fixtures.ts';
import { lookAtTeam, readShare, rowOfStaff } from './journey.ts';
import type { Visitor } from './visitor.ts';

test.use({ changesState: true });

const greeting = ['at-the-hatch', 'greet'] as const;
const story = '/learn/basic/when-it-heats-up?step=scenario-1';

test('after a reload, and on another device, one goes on at the same step', async ({
	visitor,
	another,
	say
}) => {
	await beginWhatIsTrauma(visitor);
	await visitor.goOn();
	await visitor.isAtStep(2, 6);
	await visitor.goOn();
	await visitor.isAtStep(3, 6);
	await visitor.page.reload();
	await visitor.isAtStep(3, 6);

	const device = await another();
	await device.signIn('staff');
	await device.open('/');
	await device.press(device.link(matching(say('home_continue', { number: 1, minutes: '0' }))));
	await device.isAtStep(3, 6);
	await expect(
		device.heading(titleOfLesson('01-what-is-trauma', 'hard-to-see', device.language))
	).toBeVisible();
});

test('after a reload, and on another device, a story goes on at the same place', async ({
	visitor,
	another,
	say
}) => {
	await visitor.signIn('staff');
	await visitor.open('/learn/basic/when-it-heats-up?step=you-first');
	await visitor.goOn();
	await visitor.isAtStep(2, 7);
	await visitor.goOn();
	await visitor.isAtStep(3, 7);
	await visitor.goOn();
	await visitor.beginStory(shelter);
	await chooseAndSave(visitor, swapping[0]);
	await chooseAndSave(visitor, swapping[1]);
	await visitor.page.reload();
	await expectToBeWhereTwoWereChosen(visitor);

	const device = await another();
	await device.signIn('staff');
	await device.open('/learn/basic/when-it-heats-up');
	await expectToBeWhereTwoWereChosen(device);
	await chooseAndSave(device, swapping[2]);

	await visitor.press(visitor.choice(swapping[2]));
	await visitor.isAtDecision(4);
	await visitor.choose(swapping[3]);
	await expect(visitor.heading(say('scenario_look_back'), 2)).toBeVisible();
});

test('where another device came first, one goes on with what it chose', async ({
	visitor,
	another,
	complaints,
	say
}) => {
	complaints.expect(/status of 409/);
	await partWays(visitor, another);
	await visitor.press(visitor.button(say('scenario_elsewhere_load')));
	await visitor.isAtDecision(2);
	await expect(visitor.page.getByText(choiceIn(swapping[0]).consequence.da)).toBeVisible();
});

test('where another device came first, one’s own way can be kept as a new attempt', async ({
	visitor,
	another,
	complaints,
	say
}) => {
	complaints.expect(/status of 409/);
	await partWays(visitor, another);
	// It is offered as well after the page was loaded again.
	await visitor.page.reload();
	await visitor.awaken();
	await expect(visitor.page.getByText(say('scenario_elsewhere_text'))).toBeVisible();
	await visitor.press(visitor.button(say('scenario_elsewhere_keep')));
	await expect(visitor.page.getByText(choiceIn(greeting).consequence.da)).toBeVisible();
	await expect(visitor.page.getByText(say('scenario_elsewhere_text'))).toBeHidden();
	await visitor.isAtDecision(2);
	await visitor.page.reload();
	await visitor.awaken();
	await expect(visitor.page.getByText(choiceIn(greeting).consequence.da)).toBeVisible();
});

test('what waited in a tab is not seen by the next who signs in, and is sent when its own comes back', async ({
	visitor,
	context,
	complaints
}) => {
	complaints.expect(/ERR_INTERNET_DISCONNECTED/);
	await beginTheStory(visitor);
	const { page } = visitor;
	await context.setOffline(true);
	await visitor.choose(swapping[0]);
	await visitor.choose(swapping[1]);
	const sent: string[] = [];
	page.on('request', (request) => {
		if (request.method() === 'POST' && request.url().endsWith('/moves')) {
			sent.push(request.postData() ?? '');
		}
	});
	page.on('dialog', (dialog) => void dialog.accept());
	await expect(
		visitor.page.getByRole('banner').getByText(visitor.say('scenario_kept'))
	).toHaveCount(2);
	await page.goto('about:blank');
	await context.setOffline(false);

	await visitor.signIn('key');
	await beginAgain(visitor);
	await expect(page.getByText(choiceIn(swapping[0]).consequence.da)).toBeHidden();
	expect(sent).toEqual([]);

	await visitor.signIn('staff');
	const saved = page.waitForResponse((response) => response.url().endsWith('/moves'));
	await visitor.open(story);
	await expectToBeWhereTwoWereChosen(visitor);
	expect((await saved).status()).toBe(200);
	// The first may have left with the page itself, as the line came back: then only the second waited.
	await expect.poll(() => sent.map(readPosition).at(-1)).toBe(1);
	const all = [...sent];
	await visitor.open(story);
	await expectToBeWhereTwoWereChosen(visitor);
	expect(sent).toEqual(all);
	expect(new Set(all.map(readPosition)).size).toBe(all.length);
});

test('who signs out while choices wait is asked first', async ({
	visitor,
	context,
	complaints,
	say
}) => {
	complaints.expect(/ERR_INTERNET_DISCONNECTED/);
	await beginTheStory(visitor);
	const { page } = visitor;
	await context.setOffline(true);
	await visitor.choose(swapping[0]);
	const answers: { message: string; accept: boolean }[] = [];
	page.on('dialog', (dialog) => {
		if (dialog.type() === 'beforeunload') return void dialog.accept();
		const accept = answers.length > 0;
		answers.push({ message: dialog.message(), accept });
		void (accept ? dialog.accept() : dialog.dismiss());
	});
	await expect(
		visitor.page.getByRole('banner').getByText(visitor.say('scenario_kept'))
	).toHaveCount(2);
	await page.goto('about:blank');
	await context.setOffline(false);
	await visitor.open('/learn');
	await visitor.press(visitor.button(say('shell_sign_out')));
	await expect(visitor.button(say('shell_sign_out'))).toBeVisible();
	await visitor.signOut();
	expect(answers.map(({ message }) => message)).toEqual([
		say('shell_sign_out_unsent'),
		say('shell_sign_out_unsent')
	]);
	expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
});

test('what is chosen without a connection is kept, and saved when there is one again', async ({
	visitor,
	context,
	complaints,
	say
}) => {
	complaints.expect(/ERR_INTERNET_DISCONNECTED/);
	await beginTheStory(visitor);
	const { page } = visitor;
	await context.setOffline(true);
	await visitor.choose(swapping[0]);
	await visitor.choose(swapping[1]);
	await expect(page.getByRole('status').filter({ hasText: say('scenario_kept') })).toBeAttached();
	const saved = page.waitForResponse((response) => response.url().endsWith('/moves'));
	await context.setOffline(false);
	expect((await saved).status()).toBe(200);
	const savedAt = new RegExp(say('scenario_saved_at', { time: '\\d\\d.\\d\\d' }));
	await expect(page.getByRole('banner').getByText(savedAt)).toBeVisible();
	await page.reload();
	await expectToBeWhereTwoWereChosen(visitor);
});

test('skipping every module counts as completion', async ({ visitor, another, say }) => {
	const leader = await another();
	const before = await lookAtTeam(leader);
	await visitor.signIn('staff');
	for (const module of ['what-is-trauma', 'when-it-heats-up']) {
		await visitor.open(`/learn/basic/${module}`);
		await visitor.press(visitor.button(say('player_skip')));
		await expect(visitor.heading(say('player_finished_title'))).toBeVisible();
	}
	await expectOneMore(leader, before);
});

test('reading the short texts counts as completion', async ({ visitor, another, say }) => {
	const leader = await another();
	const before = await lookAtTeam(leader);
	await visitor.signIn('staff');
	for (const module of ['what-is-trauma', 'when-it-heats-up']) {
		await visitor.open(`/learn/basic/${module}`);
		await visitor.press(visitor.link(say('player_short_text')));
		await expect(visitor.page.getByText(say('player_text_above'))).toBeVisible();
		await visitor.press(visitor.button(say('player_text_read')));
		await expect(visitor.heading(say('player_finished_title'))).toBeVisible();
	}
	await expectOneMore(leader, before);
});

test('a story’s short text is as good as the story', async ({ visitor, say }) => {
	await visitor.signIn('staff');
	await visitor.open(story);
	await visitor.press(visitor.link(visitor.named('player_short_text', shelter.title)));
	await expect(visitor.page.getByText(say('scenario_text_title'))).toBeVisible();
	await visitor.goOn();
	await visitor.isAtStep(5, 7);
});

test('the P key pauses, and one goes on at the same place', async ({ visitor, say }) => {
	const { page } = visitor;
	await beginWhatIsTrauma(visitor);
	await page.keyboard.press('p');
	const pause = page.getByRole('dialog', { name: say('player_pause_title') });
	await expect(pause).toBeVisible();
	await expect(visitor.heading(say('player_pause_title'), 2)).toBeFocused();
	await pause.getByRole('button', { name: say('player_pause_go_on') }).press('Enter');
	await expect(pause).toBeHidden();
	await visitor.press(visitor.link(say('player_pause')));
	await expect(pause).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(pause).toBeHidden();
	await visitor.isAtStep(1, 6);
});

test('a P that is written for oneself pauses nothing', async ({ visitor, say }) => {
	await visitor.signIn('staff');
	await visitor.open('/learn/basic/what-is-trauma?step=first-minutes');
	await visitor.page
		.getByLabel(say('player_reflection_label'))
		.pressSequentially('Pause på trappen');
	await expect(visitor.page.getByRole('dialog')).toHaveCount(0);
	await visitor.goOn();
	await visitor.isAtStep(6, 6);
	await visitor.open('/learn/basic/what-is-trauma?step=first-minutes');
	await expect(visitor.page.getByLabel(say('player_reflection_label'))).toHaveValue(
		'Pause på trappen'
	);
});

test('Escape three times leaves for a page that could be any intranet’s', async ({ visitor }) => {
	const { page } = visitor;
	await beginWhatIsTrauma(visitor);
	await page.keyboard.press('Escape');
	await page.keyboard.press('Escape');
	await visitor.isAtStep(1, 6);
	await page.keyboard.press('Escape');
	await expectToBeAway(visitor);
});

test('leaving takes one press, and going back does not lead to the step', async ({
	visitor,
	say
}) => {
	await beginWhatIsTrauma(visitor);
	await visitor.press(visitor.link(say('player_leave')));
	await expectToBeAway(visitor);
	await visitor.page.goBack();
	await expect(visitor.page).not.toHaveURL(/step=/);
});

/** Words of the interface with any number where a 0 stands. */
function matching(words: string): RegExp {
	return new RegExp(`^\\s*${words.replaceAll('.', '\\.').replace('0', '\\d+')}\\s*$`);
}

async function beginWhatIsTrauma(visitor: Visitor): Promise<void> {
	await visitor.signIn('staff');
	await visitor.open('/learn/basic/what-is-trauma');
	await visitor.press(visitor.link(visitor.say('player_begin')));
	await visitor.isAtStep(1, 6);
}

async function beginTheStory(visitor: Visitor): Promise<void> {
	await visitor.signIn('staff');
	await beginAgain(visitor);
}

async function beginAgain(visitor: Visitor): Promise<void> {
	await visitor.open(story);
	await visitor.beginStory(shelter);
	await visitor.isAtDecision(1);
}

/** One choice on another device, then another choice here. */
async function partWays(visitor: Visitor, another: () => Promise<Visitor>): Promise<void> {
	await beginTheStory(visitor);
	const device = await another();
	await device.signIn('staff');
	await device.open(story);
	await chooseAndSave(device, swapping[0]);
	await visitor.press(visitor.choice(greeting));
	await expect(visitor.page.getByText(visitor.say('scenario_elsewhere_text'))).toBeVisible();
}

async function chooseAndSave(visitor: Visitor, way: readonly [string, string]): Promise<void> {
	const saved = visitor.page.waitForResponse((response) => response.url().endsWith('/moves'));
	await visitor.choose(way);
	expect((await saved).status()).toBe(200);
}

async function expectToBeWhereTwoWereChosen(visitor: Visitor): Promise<void> {
	await visitor.isAtDecision(3);
	for (const way of [swapping[0], swapping[1]]) {
		await expect(visitor.page.getByText(choiceIn(way).consequence[visitor.language])).toBeVisible();
	}
}

async function expectOneMore(leader: Visitor, before: Awaited<ReturnType<typeof readShare>>) {
	await leader.page.reload();
	expect(await readShare(leader)).toEqual({ ...before, completed: before.completed + 1 });
	await expect(rowOfStaff(leader)).toContainText(leader.say('team_completed'));
}

async function expectToBeAway({ page }: Visitor): Promise<void> {
	await expect(page).toHaveURL(/\/away$/);
	await expect(page).toHaveTitle('Intranet');
	await expect(page.getByText('Holdepunkt')).toHaveCount(0);
}

function readPosition(body: string): number {
	return (JSON.parse(body) as { position: number }).position; // sent by our own page
}

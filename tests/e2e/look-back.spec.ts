import { repairing, swapping, choiceIn } from './content.ts';
import { expect, expectAccessible, test } from './fixtures.ts';
import type { Visitor } from './visitor.ts';
import { readOurs } from './ways.ts';

test.use({ changesState: true });

const story = '/scenarios/reception-full-house';
const words = 'Et skridt tilbage, og lavere stemme.';

test('a private note is kept without leaving the page, and is there on another device', async ({
	visitor,
	another,
	say
}) => {
	await playOnce(visitor, repairing);
	await visitor.page.getByLabel(say('scenario_note_label')).fill(words);
	await visitor.press(visitor.button(say('scenario_note_keep')));
	await expect(visitor.page.getByText(say('scenario_note_kept'))).toBeVisible();
	const device = await another();
	await device.signIn('staff');
	await device.open(story);
	await expect(device.page.getByLabel(say('scenario_note_label'))).toHaveValue(words);
});

test('a note that cannot be sent stays where it was written, and says so', async ({
	visitor,
	context,
	complaints,
	say
}) => {
	complaints.expect(/ERR_INTERNET_DISCONNECTED/);
	await playOnce(visitor, repairing);
	const note = visitor.page.getByLabel(say('scenario_note_label'));
	await note.fill(words);
	await context.setOffline(true);
	await visitor.press(visitor.button(say('scenario_note_keep')));
	await expect(visitor.page.getByText(say('scenario_note_not_kept'))).toBeVisible();
	await expect(note).toHaveValue(words);
	await context.setOffline(false);
});

test('two of one’s own ways stand side by side, and tell where they part', async ({
	visitor,
	say
}) => {
	await playOnce(visitor, swapping);
	await expect(visitor.link(say('scenario_compare'))).toHaveCount(0);
	await visitor.press(visitor.button(say('scenario_again')));
	await playOn(visitor, [swapping[0], repairing[1], ...repairing.slice(2)]);
	await visitor.press(visitor.link(say('scenario_compare')));
	await expect(visitor.heading(say('scenario_compare_title'))).toBeFocused();
	await expect(visitor.page.getByText(say('scenario_compare_part', { number: 2 }))).toBeVisible();
	for (const [ordinal, way] of [swapping, repairing].entries()) {
		const column = visitor.page.getByRole('region', {
			name: say('scenario_compare_time', { ordinal: ordinal + 1 })
		});
		await expect(column.getByText(say('scenario_compare_parts_here'))).toBeVisible();
		const apart = way[2] ?? way[0];
		await expect(column.getByText(choiceIn(apart).consequence.da)).toBeVisible();
	}
	await expectAccessible(visitor.page);
	await visitor.page.setViewportSize({ width: 320, height: 640 });
	expect(await visitor.page.evaluate(() => document.scrollingElement?.scrollWidth)).toBe(320);
});

test('who has no two ways to compare gets nowhere with the address', async ({
	visitor,
	complaints
}) => {
	complaints.expect(/status of 404/);
	await visitor.signIn('peer');
	expect((await visitor.open(`${story}/compare`)).status()).toBe(404);
	expect((await visitor.open(`${story}/compare?first=1&second=2`)).status()).toBe(404);
});

test('what is printed shows what happened and why at every decision', async ({ visitor }) => {
	await playOnce(visitor, repairing);
	await visitor.page.evaluate(() => {
		window.print = () => {
			window.dispatchEvent(new Event('beforeprint'));
			document.body.dataset['printed'] = String(
				document.querySelectorAll('main details:not([open])').length
			);
			window.dispatchEvent(new Event('afterprint'));
		};
	});
	await visitor.press(visitor.button(visitor.say('print')));
	await expect(visitor.page.locator('body')).toHaveAttribute('data-printed', '0');
	await expect(visitor.page.getByText(choiceIn(repairing[0]).why.da)).toBeHidden();
});

test('a scene of a hard theme can be told more gently, and the story goes on alike', async ({
	visitor,
	say
}) => {
	const scenario = readOurs('wrong-office');
	const [flagged, scene] = Object.entries(scenario.scenes).find(([, { flag }]) => flag) ?? [];
	const gentle = scenario.scenes[scene?.flag?.alternative ?? ''];
	const hard = scene?.says?.text.da;
	if (!flagged || !hard || !gentle || !('choices' in gentle)) throw new Error('no flagged scene');
	const { page } = visitor;
	await visitor.signIn('staff');
	await visitor.open('/scenarios/wrong-office');
	await visitor.press(visitor.button(say('scenario_start')));
	for (const move of ['listen', 'repeat', 'warm']) {
		await visitor.press(page.locator(`button[name="move"][value="${move}"]`));
	}
	await expect(visitor.heading(say('scenario_before_you_read'), 2)).toBeVisible();
	await expect(page.getByText(hard)).toHaveCount(0);
	await visitor.press(visitor.button(say('scenario_gently')));
	await expect(page.locator('button[name="move"]')).toHaveCount(Object.keys(gentle.choices).length);
	await expect(page.getByText(hard)).toHaveCount(0);
	await visitor.press(page.locator('button[name="move"]').first());
	await expect(page.locator('#consequence-4')).toBeFocused();
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('a private note is kept by a form, and the page comes back to it', async ({
		visitor,
		say
	}) => {
		await playOnce(visitor, swapping);
		await visitor.page.getByLabel(say('scenario_note_label')).fill(words);
		await visitor.press(visitor.button(say('scenario_note_keep')));
		await expect(visitor.page).toHaveURL(/#note$/);
		await expect(visitor.page.getByLabel(say('scenario_note_label'))).toHaveValue(words);
	});
});

type Choices = readonly (readonly [string, string])[];

async function playOnce(visitor: Visitor, way: Choices): Promise<void> {
	await visitor.signIn('staff');
	await visitor.open(story);
	await visitor.press(visitor.button(visitor.say('scenario_start')));
	await playOn(visitor, way);
}

async function playOn(visitor: Visitor, way: Choices): Promise<void> {
	await visitor.isAtDecision(1);
	await visitor.awaken();
	for (const choice of way) await visitor.choose(choice);
	await expect(visitor.heading(visitor.say('scenario_look_back'), 2)).toBeVisible();
}

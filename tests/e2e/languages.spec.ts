import { shelter, titleOfLesson } from './content.ts';
import { expect, test } from './fixtures.ts';
import { sayIn } from './words.ts';

test.describe('the switch of language', () => {
	for (const address of [
		'/',
		'/sign-in?to=%2Flearn%2Fbasic',
		'/help',
		'/privacy',
		'/accessibility'
	]) {
		test(`keeps the place at ${address}`, async ({ visitor }) => {
			await visitor.open(address);
			await visitor.press(visitor.button('English'));
			await expect(visitor.page.locator('html')).toHaveAttribute('lang', 'en');
			await expect(visitor.page).toHaveURL(address);
			await expect(visitor.button('English')).toHaveAttribute('aria-current', 'true');
			await visitor.press(visitor.button('Dansk'));
			await expect(visitor.page.locator('html')).toHaveAttribute('lang', 'da');
			await expect(visitor.page).toHaveURL(address);
		});
	}
});

test.describe('for who is signed in, the switch of language', () => {
	test.use({ changesState: true });
	const english = sayIn('en');

	test('keeps the step, and what was chosen holds on another device too', async ({
		visitor,
		another
	}) => {
		const { page } = visitor;
		const title = titleOfLesson('01-what-is-trauma', 'hard-to-see', 'en');
		await visitor.signIn('staff');
		await visitor.open('/learn/basic/what-is-trauma?step=hard-to-see');
		await visitor.press(visitor.button('English'));
		await expect(visitor.heading(title)).toBeVisible();
		await expect(page).toHaveURL('/learn/basic/what-is-trauma?step=hard-to-see');
		const device = await another();
		await device.signIn('staff');
		await device.open('/learn/basic/what-is-trauma?step=hard-to-see');
		await expect(device.heading(title)).toBeVisible();
	});

	test('keeps the place in a story', async ({ visitor }) => {
		await visitor.signIn('staff');
		await visitor.open('/learn/basic/when-it-heats-up?step=scenario-1');
		await visitor.beginStory(shelter);
		await visitor.isAtDecision(1);
		const saved = visitor.page.waitForResponse((response) => response.url().endsWith('/moves'));
		await visitor.choose(['at-the-hatch', 'greet']);
		await saved;
		await visitor.press(visitor.button('English'));
		const decision = new RegExp(`^\\s*${english('scenario_decision', { number: 2 })}`);
		await expect(visitor.heading(decision, 2)).toBeVisible();
	});

	test('keeps the leader’s view', async ({ visitor }) => {
		await visitor.signIn('leader');
		await visitor.open('/team?sort=state&state=in-progress');
		await visitor.press(visitor.button('English'));
		await expect(visitor.page).toHaveURL('/team?sort=state&state=in-progress');
		await expect(visitor.heading(english('team_by_person'), 2)).toBeVisible();
	});
});

test('the browser’s wish decides until somebody chooses, and Danish is what is left', async ({
	request
}) => {
	for (const [wish, lang] of [
		['en-GB,en;q=0.9,da;q=0.8', 'en'],
		['da,en;q=0.9', 'da'],
		['nb-NO,nb;q=0.9,en;q=0.8', 'da'],
		['de-DE,de;q=0.9,en;q=0.5', 'en'],
		['pl', 'da']
	] as const) {
		const response = await request.get('/', { headers: { 'accept-language': wish } });
		expect(await response.text(), wish).toContain(`<html lang="${lang}"`);
	}
});

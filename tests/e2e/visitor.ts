import { expect, type Locator, type Page, type Response } from '@playwright/test';
import { choiceIn, type Check, type Story } from './content.ts';
import { sayIn, type Language, type Say } from './words.ts';

export type Account = 'staff' | 'key' | 'leader' | 'peer' | 'peer2' | 'editor' | 'admin';

interface Browser {
	page: Page;
	origin: string;
	language: Language;
	hasScripts: boolean;
}

/** Waits until a page with scripts answers by itself. */
export async function awaken(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			'live' in document.documentElement.dataset &&
			document.querySelector('[data-island]:not([data-live])') === null
	);
}

/** Somebody who uses the platform as people do: by the names of what is on the page. */
export class Visitor {
	readonly page: Page;
	readonly language: Language;
	readonly say: Say;
	readonly #origin: string;
	readonly #hasScripts: boolean;

	constructor({ page, origin, language, hasScripts }: Browser) {
		this.page = page;
		this.language = language;
		this.say = sayIn(language);
		this.#origin = origin;
		this.#hasScripts = hasScripts;
	}

	heading(name: string | RegExp, level = 1): Locator {
		return this.page.getByRole('heading', { level, name, exact: true });
	}

	button(name: string | RegExp): Locator {
		return this.page.getByRole('button', { name, exact: true });
	}

	link(name: string | RegExp): Locator {
		return this.page.getByRole('link', { name, exact: true });
	}

	async open(address: string): Promise<Response> {
		const response = await this.page.goto(address);
		await this.awaken();
		return response!;
	}

	/** Waits until the page answers by itself, where scripts run at all. */
	async awaken(): Promise<void> {
		if (this.#hasScripts) await awaken(this.page);
	}

	/** Waits until all that belongs to the page is there, and it answers: before that nothing is measured. */
	async settle(): Promise<void> {
		await this.page.waitForLoadState('load');
		await this.awaken();
	}

	async press(target: Locator): Promise<void> {
		await expect(target).toBeVisible();
		await this.awaken();
		await target.click();
	}

	/** Signs in by one press, as the front page of a demonstration offers it. */
	async pressAccount(account: Account): Promise<void> {
		await this.press(this.button(new RegExp(`${account}@demo\\.example`)));
		await expect(this.button(this.say('shell_sign_out'))).toBeVisible();
	}

	/** Signs in past the pages, where signing in is not what the test is about. */
	async signIn(account: Account): Promise<void> {
		const response = await this.page.request.post('/sign-in?/demonstration', {
			form: { account: `${account}@demo.example` },
			headers: { accept: 'text/html', origin: this.#origin },
			maxRedirects: 0
		});
		expect(response.status()).toBe(303);
	}

	async signOut(): Promise<void> {
		await this.press(this.button(this.say('shell_sign_out')));
		await expect(this.button(this.say('sign_in_button'))).toBeVisible();
	}

	/** Says where in a module one stands. */
	async isAtStep(step: number, of: number): Promise<void> {
		const place = this.say('player_step_of', { step, of });
		await expect(this.page.getByRole('banner').getByText(place)).toBeVisible();
	}

	async goOn(): Promise<void> {
		await this.press(this.button(this.say('player_onward')));
	}

	/** Ticks answers by their index, and reads why each fits or does not. */
	async answer(check: Check, ...chosen: number[]): Promise<void> {
		for (const index of chosen) {
			await this.page.getByLabel(check.options[index]!.text[this.language]).check();
		}
		await this.press(this.button(this.say('player_check_answer')));
		await expect(this.heading(this.say('player_check_reasons_title'), 2)).toBeVisible();
	}

	/** Begins a story where a module offers several. */
	async beginStory({ title }: Story): Promise<void> {
		await this.press(this.button(this.named('player_begin', title)));
	}

	/** The words of a button or link followed by what it is about, which is only told. */
	named(words: 'player_begin' | 'player_short_text', title: Story['title']): RegExp {
		return new RegExp(`^${this.say(words)}\\s*: ${title[this.language]}$`);
	}

	/** The button of a choice in the story. */
	choice(way: readonly [scene: string, choice: string]): Locator {
		return this.button(choiceIn(way).text[this.language]);
	}

	/** The heading of the scene that is now. */
	async isAtDecision(number: number): Promise<void> {
		const heading = new RegExp(`^\\s*${this.say('scenario_decision', { number })}\\s*,`);
		await expect(this.heading(heading, 2)).toBeVisible();
	}

	/** What followed from the choice at a place, counted from 0. */
	consequence(position: number): Locator {
		return this.page.locator(`#consequence-${position}`);
	}

	/** A decision in the look back; its line opens it. */
	decision(way: readonly [scene: string, choice: string]): Locator {
		return this.page.getByRole('group').filter({ hasText: choiceIn(way).text[this.language] });
	}

	/** Makes one choice and sees what follows. */
	async choose(way: readonly [scene: string, choice: string]): Promise<void> {
		await this.press(this.choice(way));
		const consequence = this.page.getByText(choiceIn(way).consequence[this.language]);
		await expect(consequence.first()).toBeVisible();
	}
}

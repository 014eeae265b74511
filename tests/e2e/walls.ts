import { expect, expectAccessible } from './fixtures.ts';
import type { Visitor } from './visitor.ts';

/** The sizes of walls: a projector of today, and the old one in the dining room. */
const sizes = [
	{ width: 1920, height: 1080 },
	{ width: 1024, height: 768 }
];

/** The wall of a room, on a screen of its own at the machine of whoever leads. */
export class Wall {
	readonly screen: Visitor;

	constructor(screen: Visitor) {
		this.screen = screen;
	}

	/** Opens it beside the control that `key` has open. */
	async open(key: Visitor, language = this.screen.language): Promise<void> {
		const { page } = this.screen;
		await page.setViewportSize(sizes[0]!);
		await this.share(key);
		const { origin } = new URL(key.page.url());
		await page.context().addCookies([{ name: 'lang', value: language, url: origin }]);
		await this.screen.open(`${new URL(key.page.url()).pathname}/screen`);
	}

	/** Both windows stand on one machine: who is signed in in one of them is so in the other. */
	async share(key: Visitor): Promise<void> {
		await this.screen.page.context().addCookies(await key.page.context().cookies());
	}

	/** Nobody scrolls a wall: all of it is seen at once, at every size, and anybody can read it. */
	async expectWhole(): Promise<void> {
		const { page } = this.screen;
		for (const size of [...sizes].reverse()) {
			await page.setViewportSize(size);
			const isSeen = () =>
				page.evaluate(() => {
					const { scrollHeight, scrollWidth } = document.documentElement;
					return scrollHeight <= innerHeight && scrollWidth <= innerWidth;
				});
			await expect.poll(isSeen, `${await page.title()} at ${size.width}`).toBe(true);
		}
		await expectAccessible(page);
	}
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** When to tidy up: after the test, or `afterAll` for what a whole suite shares. */
export type TidyUp = (work: () => void | Promise<void>) => void;

/** A folder of the test's own, gone when the test is over. */
export function makeFolder(tidyUp: TidyUp = onTestFinished): string {
	const folder = mkdtempSync(join(tmpdir(), 'holdepunkt-'));
	tidyUp(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/**
 * Tidies up after all tests of a file, the last first. Called where the file is read; what it gives takes
 * work within `beforeAll` too, where Vitest hears of no more hooks.
 */
export function afterAllTests(): TidyUp {
	const works: (() => void | Promise<void>)[] = [];
	afterAll(async () => {
		for (const work of works.splice(0).reverse()) await work();
	});
	return (work) => void works.push(work);
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** When to tidy up: after the test, or `afterAll` for what a whole suite shares. */
export type TidyUp = (work: () => void | Promise<void>) => void;

/** A folder of the test's own, gone when the test is over. */
export function makeFolder(tidyUp: TidyUp = onTestFinished): string {
	const folder = mkdtempSync(join(tmpdir(), 'holdepunkt-'));
	tidyUp(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demonstrationAccounts } from './accounts.ts';

/** Writes the open accounts beside the stores, one a line with its role, for the start to print. */
export function writeDemonstrationNote(dataDir: string): void {
	const lines = demonstrationAccounts.map(({ email, role }) => `${email}  ${role}`);
	writeFileSync(join(dataDir, 'demonstration'), `${lines.join('\n')}\n`);
}

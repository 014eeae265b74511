import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What makes an exported story come alive. */
export interface StoryPlayer {
	script: string;
	styles: string;
}

const folder = resolve('node_modules', '.cache', 'holdepunkt');
let making: Promise<StoryPlayer | null> | undefined;

/**
 * The player that goes along with a story as one file. It is built the first time somebody asks, by a
 * process of its own, which takes some seconds, and kept until the platform is built anew. Null where it
 * cannot be built.
 */
export function readPlayer(): Promise<StoryPlayer | null> {
	making ??= makePlayer().then((player) => {
		// What went wrong may be mended: the next one tries again.
		if (player === null) making = undefined;
		return player;
	});
	return making;
}

async function makePlayer(): Promise<StoryPlayer | null> {
	const file = join(folder, `player-${nameBuild()}.json`);
	try {
		if (!existsSync(file)) {
			const command = resolve('src', 'commands', 'player-keep.ts');
			const program = spawn(process.execPath, [command, file], {
				stdio: 'ignore',
				env: { ...process.env, NODE_ENV: 'production' }
			});
			await once(program, 'exit');
		}
		return JSON.parse(readFileSync(file, 'utf8')) as StoryPlayer; // written by that command alone
	} catch {
		return null;
	}
}

/** Changes whenever the platform is built from something else; a development server builds it once. */
function nameBuild(): string {
	const stamp = resolve('build', '.holdepunkt-sources');
	if (!existsSync(stamp)) return `unbuilt-${process.pid}`;
	return createHash('sha256').update(readFileSync(stamp)).digest('hex').slice(0, 16);
}

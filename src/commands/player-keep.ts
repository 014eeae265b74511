/** Builds the player of story pages into a file, for a platform that is running: see `story-player.server.ts`. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buildPlayer } from './story-page.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the file to write.');
const player = await buildPlayer();
await mkdir(dirname(file), { recursive: true });
const unfinished = `${file}.${process.pid}`;
await writeFile(unfinished, JSON.stringify(player));
await rename(unfinished, file);

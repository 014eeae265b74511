import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createNightlyBackup, measureBackupAge } from './nightly.server.ts';
import { makeFolder } from '#tests/support/folder.ts';

/** In the place of the command: writes the two files, and notes that it was called. */
const makes =
	"const [f] = process.argv.slice(1); const fs = require('node:fs'); for (const n of [f, f + '.keys']) fs.writeFileSync(n, ''); fs.appendFileSync(require('node:path').dirname(f) + '/calls', 'x')";
const command = (text: string) => [process.execPath, '-e', text] as const;

function prepare(text = makes) {
	const backupDir = makeFolder();
	let now = new Date('2026-03-14T01:10:00Z');
	const nightly = createNightlyBackup({
		backupDir,
		days: 2,
		now: () => now,
		command: command(text)
	});
	const run = (mayDelete = true, signal = new AbortController().signal) =>
		nightly.run(signal, mayDelete);
	return { backupDir, nightly, run, setNow: (text: string) => (now = new Date(text)) };
}

test('each night leaves one backup, and those that are over go', async () => {
	const { backupDir, run, setNow } = prepare();
	for (const day of ['14', '15', '16', '17']) {
		setNow(`2026-03-${day}T01:10:00Z`);
		await run();
		await run();
	}
	expect(readdirSync(backupDir).sort()).toEqual([
		'calls',
		...['15', '16', '17'].flatMap((day) => [
			`holdepunkt-2026-03-${day}.backup`,
			`holdepunkt-2026-03-${day}.backup.keys`
		])
	]);
	expect(measureBackupAge(backupDir, new Date('2026-03-17T00:00:00Z'))).toBe(3600);
});

test('nothing goes while the clock is in doubt', async () => {
	const { backupDir, run, setNow } = prepare();
	await run();
	setNow('2031-03-14T01:10:00Z');
	await run(false);
	expect(readdirSync(backupDir)).toContain('holdepunkt-2026-03-14.backup');
});

test('one that fails says why, and the next clears away what it left', async () => {
	const failing = prepare("console.error('There is too little room.'); process.exit(1)");
	await expect(failing.run()).rejects.toThrow('There is too little room.');
	const { backupDir, run } = prepare();
	writeFileSync(join(backupDir, 'holdepunkt-2026-03-13.backup.making-abc'), '');
	await run();
	expect(readdirSync(backupDir).filter((name) => name.includes('making'))).toEqual([]);
});

test('one that takes longer than its job is waited for by the next attempt, and made once', async () => {
	const slow = `setTimeout(() => { ${makes} ; process.exit(0) }, 300)`;
	const { backupDir, run, nightly } = prepare(slow);
	const job = new AbortController();
	const given = run(true, job.signal);
	job.abort(new Error('the lease ended'));
	await expect(given).rejects.toThrow('the lease ended');
	await run();
	expect(readdirSync(backupDir)).toContain('holdepunkt-2026-03-14.backup.keys');
	await nightly.stop();
});

test('stopping the platform ends the one that is being made', async () => {
	const { run, nightly } = prepare('setInterval(() => undefined, 1000)');
	const broken = expect(run()).rejects.toThrow('broken off');
	await nightly.stop();
	await broken;
});

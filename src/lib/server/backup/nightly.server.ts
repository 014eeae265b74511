import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dayOf, startOfDay } from '#lib/time.ts';
import { BackupFault } from './backup-fault.ts';
import { keysFileOf } from './make.server.ts';
import { findNewestDay, listOver, nightlyFile } from './rotation.ts';

export interface NightlyOptions {
	/** Where the files go. */
	backupDir: string;
	/** How long a backup is kept; its keys thirty days at most. */
	days: number;
	now(): Date;
	/** What makes one: a process of its own, so that nobody waits for it. */
	command?: readonly [program: string, ...parameters: string[]];
}

export interface NightlyBackup {
	/** Makes the backup of today unless it is there, and deletes those that are over, if it may. */
	run(signal: AbortSignal, mayDelete: boolean): Promise<void>;
	/** Ends a backup that is being made; what there is of it is deleted by the next. */
	stop(): Promise<void>;
}

/** The backups that the platform makes of itself by night. */
export function createNightlyBackup(options: NightlyOptions): NightlyBackup {
	const { backupDir, days, now } = options;
	const [program, ...parameters] = options.command ?? [
		process.execPath,
		resolve('src/commands/backup.ts')
	];
	let running: { file: string; ended: Promise<void>; kill(): void } | undefined;

	function make(file: string) {
		for (const name of readdirSync(backupDir))
			if (name.includes('.backup.making-')) rmSync(join(backupDir, name), { recursive: true });
		const child = spawn(program, [...parameters, file, '--force'], {
			stdio: ['ignore', 'ignore', 'pipe']
		});
		let said = '';
		child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
		const ended = new Promise<void>((fulfil, reject) => {
			child.on('error', reject);
			child.on('exit', (code) =>
				code === 0 ? fulfil() : reject(new BackupFault(said.trim() || 'The backup was broken off.'))
			);
		}).finally(() => (running = undefined));
		return { file, ended, kill: () => void child.kill() };
	}

	return {
		async run(signal, mayDelete) {
			const today = dayOf(now());
			mkdirSync(backupDir, { recursive: true, mode: 0o700 });
			const file = join(backupDir, nightlyFile(today));
			if (!existsSync(file) || !existsSync(keysFileOf(file))) {
				// A job that was given up while its backup went on waits for the same one again.
				running ??= make(file);
				await Promise.race([running.ended, isAborted(signal)]);
			}
			const over = mayDelete ? listOver(readdirSync(backupDir), today, days) : [];
			for (const name of over) rmSync(join(backupDir, name));
		},
		async stop() {
			running?.kill();
			await running?.ended.catch(() => undefined);
		}
	};
}

function isAborted(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
	});
}

/** Seconds since the day of the newest whole backup began; undefined where there is none. */
export function measureBackupAge(backupDir: string, now: Date): number | undefined {
	if (!existsSync(backupDir)) return undefined;
	const day = findNewestDay(readdirSync(backupDir));
	return day === undefined ? undefined : (now.getTime() - startOfDay(day).getTime()) / 1000;
}

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

/** What a folder may hold after a power cut: what each file says, by its path; undefined for a folder. */
export type Left = ReadonlyMap<string, string | undefined>;

type Change =
	| { kind: 'appears'; path: string; file: WrittenFile | undefined }
	| { kind: 'moves'; path: string; to: string }
	| { kind: 'goes'; path: string };

interface WrittenFile {
	text: string;
	isFlushed: boolean;
}

/**
 * Runs `work` on a folder and returns everything that a power cut at any moment of it could leave there.
 * A machine keeps what it was told to write down (`fsync`), and of all else any part, each change of a
 * name by itself; of a file that it was not told to write down it keeps the name and no more.
 *
 * `madeIn` names the files that are written, out of sight of this watch, into a folder made on the way.
 */
export async function watchForPowerCuts(
	folder: string,
	work: () => Promise<unknown>,
	madeIn: readonly string[] = []
): Promise<Left[]> {
	const files = new Map<string, WrittenFile>();
	const start = new Map<string, WrittenFile | undefined>();
	for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		const path = join(folder, name);
		const isFile = fs.statSync(path).isFile();
		const file = isFile ? { text: fs.readFileSync(path, 'utf8'), isFlushed: true } : undefined;
		if (file) files.set(path, file);
		start.set(path, file);
	}
	const changes: Change[] = [];
	const kept = new Set<Change>();
	const found = new Map<string, Left>();

	const note = (change: Change) => {
		if (!relative(folder, change.path).startsWith('..')) changes.push(change);
		for (const left of listLeft(folder, start, changes, kept))
			found.set(JSON.stringify([...left]), left);
	};
	const appear = (path: string, file?: WrittenFile) => {
		if (file) files.set(path, file);
		note({ kind: 'appears', path, file });
	};
	const flush = (path: string) => {
		const file = files.get(path);
		if (file) file.isFlushed = true;
		for (const change of changes)
			if ([change.path, ...('to' in change ? [change.to] : [])].some((at) => dirname(at) === path))
				kept.add(change);
	};

	const { openSync, fsyncSync, mkdirSync, mkdtempSync, writeFileSync, renameSync, rmSync } = fs;
	const real = { openSync, fsyncSync, mkdirSync, mkdtempSync, writeFileSync, renameSync, rmSync };
	const handles = new Map<number, string>();
	Object.assign(fs, {
		openSync: (...given: Parameters<typeof fs.openSync>) => {
			const handle = real.openSync(...given);
			handles.set(handle, String(given[0]));
			return handle;
		},
		fsyncSync: (handle: number) => {
			real.fsyncSync(handle);
			flush(handles.get(handle) ?? '');
		},
		mkdirSync: (path: string, options: fs.MakeDirectoryOptions) => {
			const isNew = !fs.existsSync(path);
			const made = real.mkdirSync(path, options);
			if (isNew) appear(path);
			return made;
		},
		mkdtempSync: (prefix: string) => {
			const path = real.mkdtempSync(prefix);
			appear(path);
			for (const name of madeIn)
				appear(join(path, name), { text: `new ${name}`, isFlushed: false });
			// Only what the files say is in doubt: their names matter once they are moved.
			for (const change of changes) kept.add(change);
			return path;
		},
		writeFileSync: (path: string, text: string) => {
			real.writeFileSync(path, text);
			appear(path, { text, isFlushed: false });
		},
		renameSync: (path: string, to: string) => {
			real.renameSync(path, to);
			for (const [at, file] of [...files])
				if (at === path || at.startsWith(`${path}/`)) {
					files.delete(at);
					files.set(to + at.slice(path.length), file);
				}
			note({ kind: 'moves', path, to });
		},
		rmSync: (path: string, options?: fs.RmOptions) => {
			real.rmSync(path, options);
			note({ kind: 'goes', path });
		}
	});
	syncBuiltinESMExports();
	try {
		await work();
	} finally {
		Object.assign(fs, real);
		syncBuiltinESMExports();
	}
	return [...found.values()];
}

/** Every part of the changes that a machine may have kept, applied in the order in which they came. */
function listLeft(
	folder: string,
	start: ReadonlyMap<string, WrittenFile | undefined>,
	changes: readonly Change[],
	kept: ReadonlySet<Change>
): Left[] {
	const open = changes.filter((change) => !kept.has(change));
	const parts = 2 ** open.length;
	if (parts > 4096) throw new Error(`${open.length} changes are not written down`);
	return Array.from({ length: parts }, (_, part) => {
		const left = new Map(start);
		for (const change of changes)
			if (kept.has(change) || part & (1 << open.indexOf(change))) apply(folder, left, change);
		return new Map(
			[...left].map(([path, file]) => [
				relative(folder, path),
				file && (file.isFlushed ? file.text : 'lost')
			])
		);
	});
}

function apply(folder: string, left: Map<string, WrittenFile | undefined>, change: Change): void {
	const place = dirname(change.kind === 'moves' ? change.to : change.path);
	// What nothing was kept of holds nothing.
	if (place !== folder && !left.has(place)) return;
	if (change.kind === 'appears') return void left.set(change.path, change.file);
	for (const [at, file] of [...left]) {
		if (at !== change.path && !at.startsWith(`${change.path}/`)) continue;
		left.delete(at);
		if (change.kind === 'moves') left.set(change.to + at.slice(change.path.length), file);
	}
}

/** Makes a folder as it was left. */
export function layOut(folder: string, left: Left): void {
	for (const [path, text] of left) {
		const at = join(folder, path);
		if (text === undefined) fs.mkdirSync(at, { recursive: true });
		else {
			fs.mkdirSync(dirname(at), { recursive: true });
			fs.writeFileSync(at, text);
		}
	}
}

/** What the files of a folder say, by their names. */
export function readTexts(folder: string, names: readonly string[]): (string | undefined)[] {
	return names.map((name) => {
		const path = join(folder, basename(name));
		return fs.existsSync(path) ? fs.readFileSync(path, 'utf8') : undefined;
	});
}

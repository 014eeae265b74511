import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';

/** What is being done with an import just now, and how far it has come. */
export interface Progress {
	doing: 'reading' | 'applying' | 'undoing' | 'inviting';
	done: number;
	total: number;
}

interface Work {
	progress: Progress;
	over: Promise<void>;
	isOver: boolean;
	/** True where it ended in a fault; nothing was written by it then. */
	hasFailed: boolean;
}

/** What this process works on, by import. A process that ends loses nothing but the work. */
const works = new WeakMap<App, Map<string, Work>>();

/** How many files are worked on at a time: each is held in memory as a whole. */
const most = 3;

function worksOf(app: App): Map<string, Work> {
	let own = works.get(app);
	if (!own) works.set(app, (own = new Map()));
	return own;
}

/** @throws {DomainError} `too-many` while enough is being worked on. */
export function expectRoom(app: App): void {
	const running = [...worksOf(app).values()].filter(({ isOver }) => !isOver);
	if (running.length >= most) throw new DomainError('too-many', 'imports');
}

/**
 * Works on an import beside everything else. What goes wrong is logged, told by {@link findWork}, and
 * nothing to whoever began it.
 *
 * @throws {DomainError} `conflict` where it is being worked on already.
 */
export function beginWork(
	app: App,
	id: string,
	doing: Progress['doing'],
	work: (progress: Progress) => Promise<void>
): void {
	const own = worksOf(app);
	if (own.get(id)?.isOver === false) throw new DomainError('conflict', 'import-busy');
	const progress: Progress = { doing, done: 0, total: 0 };
	const begun: Work = { progress, over: Promise.resolve(), isOver: false, hasFailed: false };
	begun.over = work(progress)
		.catch((err: unknown) => {
			begun.hasFailed = true;
			app.log.error({ err, doing }, 'an import failed');
		})
		.finally(() => {
			begun.isOver = true;
			forgetOld(own);
		});
	own.set(id, begun);
}

const remembered = 50;

function forgetOld(own: Map<string, Work>): void {
	for (const [id, { isOver }] of own) if (isOver && own.size > remembered) own.delete(id);
}

/** What is being done with an import; `failed` where the last that was done with it failed. */
export function findWork(app: App, id: string): Progress | 'failed' | null {
	const work = worksOf(app).get(id);
	if (!work) return null;
	if (!work.isOver) return { ...work.progress };
	return work.hasFailed ? 'failed' : null;
}

/** Resolves when the work on an import is over, or after some milliseconds. */
export async function awaitWork(app: App, id: string, milliseconds: number): Promise<void> {
	const work = worksOf(app).get(id);
	if (!work || work.isOver) return;
	const { promise, resolve } = Promise.withResolvers<void>();
	const timer = setTimeout(resolve, milliseconds);
	await Promise.race([work.over, promise]);
	clearTimeout(timer);
}

import { asc, eq } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/store.ts';
import type { CompletionSource } from './completions.server.ts';
import { courseCompletions, moduleCompletions } from './tables.server.ts';

/** What somebody has completed: the whole of what their employer may know of their learning. */
export interface Transcript {
	courses: readonly { course: string; version: string; day: string; source: CompletionSource }[];
	modules: readonly {
		course: string;
		module: string;
		version: string;
		day: string;
		source: CompletionSource;
	}[];
}

/** A person's transcript, oldest first. */
export async function readTranscript(read: Reader, person: string): Promise<Transcript> {
	const courses = await read
		.select({
			course: courseCompletions.course,
			version: courseCompletions.version,
			day: courseCompletions.day,
			source: courseCompletions.source
		})
		.from(courseCompletions)
		.where(eq(courseCompletions.person, person))
		.orderBy(asc(courseCompletions.day), asc(courseCompletions.course));
	const modules = await read
		.select({
			course: moduleCompletions.course,
			module: moduleCompletions.module,
			version: moduleCompletions.version,
			day: moduleCompletions.day,
			source: moduleCompletions.source
		})
		.from(moduleCompletions)
		.where(eq(moduleCompletions.person, person))
		.orderBy(asc(moduleCompletions.day), asc(moduleCompletions.module));
	// Sources are only ever written by `completions.server.ts`.
	return { courses, modules } as Transcript;
}

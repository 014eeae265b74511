import { asc, desc, eq } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/store.ts';
import type { CompletionSource } from './completions.server.ts';
import type { By } from './renewal.ts';
import {
	assignments,
	courseCompletions,
	credits,
	moduleCompletions,
	waivers
} from './tables.server.ts';

interface Completed {
	course: string;
	/** 1 the first time, 2 when it was renewed for the first time, and so on. */
	cycle: number;
	version: string;
	day: string;
	source: CompletionSource;
}

/** What somebody has completed: the whole of what their employer may know of their learning. */
export interface Transcript {
	courses: readonly (Completed & { by: By })[];
	modules: readonly (Completed & { module: string })[];
}

/** A person's transcript, oldest first. */
export async function readTranscript(read: Reader, person: string): Promise<Transcript> {
	const modules = await read
		.select({
			course: moduleCompletions.course,
			module: moduleCompletions.module,
			cycle: moduleCompletions.cycle,
			version: moduleCompletions.version,
			day: moduleCompletions.day,
			source: moduleCompletions.source
		})
		.from(moduleCompletions)
		.where(eq(moduleCompletions.person, person))
		.orderBy(asc(moduleCompletions.day), asc(moduleCompletions.module));
	// Sources are only ever written by `completions.server.ts`.
	return { courses: await listCourseCompletions(read, person), modules } as Transcript;
}

/** The courses a person has completed, each as often as they have; oldest first. */
export async function listCourseCompletions(
	read: Reader,
	person: string
): Promise<Transcript['courses']> {
	const rows = await read
		.select({
			course: courseCompletions.course,
			cycle: courseCompletions.cycle,
			version: courseCompletions.version,
			day: courseCompletions.day,
			source: courseCompletions.source,
			by: courseCompletions.by
		})
		.from(courseCompletions)
		.where(eq(courseCompletions.person, person))
		.orderBy(asc(courseCompletions.day), asc(courseCompletions.course));
	return rows as Transcript['courses']; // only ever written by `completions.server.ts`
}

/** What has been asked of somebody, what they were excused from, and what was credited to them. */
export interface Asked {
	assignments: readonly {
		course: string;
		cycle: number;
		origin: string;
		by: string;
		assignedOn: string;
		dueOn: string | null;
		endedOn: string | null;
	}[];
	waivers: readonly {
		course: string;
		reason: string;
		fromDay: string;
		untilDay: string | null;
	}[];
	credits: readonly {
		course: string;
		cycle: number;
		organiser: string;
		day: string;
		madeOn: string;
	}[];
}

/** Everything that was ever asked of a person, the newest first. */
export async function readAsked(read: Reader, person: string): Promise<Asked> {
	return {
		assignments: await read
			.select({
				course: assignments.course,
				cycle: assignments.cycle,
				origin: assignments.origin,
				by: assignments.by,
				assignedOn: assignments.assignedOn,
				dueOn: assignments.dueOn,
				endedOn: assignments.endedOn
			})
			.from(assignments)
			.where(eq(assignments.person, person))
			.orderBy(desc(assignments.assignedOn), desc(assignments.id)),
		waivers: await read
			.select({
				course: waivers.course,
				reason: waivers.reason,
				fromDay: waivers.fromDay,
				untilDay: waivers.untilDay
			})
			.from(waivers)
			.where(eq(waivers.person, person))
			.orderBy(desc(waivers.fromDay), desc(waivers.id)),
		credits: await read
			.select({
				course: credits.course,
				cycle: credits.cycle,
				organiser: credits.organiser,
				day: credits.day,
				madeOn: credits.madeOn
			})
			.from(credits)
			.where(eq(credits.person, person))
			.orderBy(desc(credits.day), desc(credits.id))
	};
}

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
/** A machine may stand still for so long without anybody wondering about its clock. */
const longestAway = 31 * day;

/** The machine's clock, and whether what it says can be believed. */
export interface Clock {
	now(): Date;
	/** Why nothing is to be deleted by time just now; undefined where the clock can be believed. */
	findDoubt(): string | undefined;
}

export interface ClockSources {
	/** When the stores were last written, by the disk; undefined where there are none. */
	lastWritten: Date | undefined;
	/** The machine's clock, which can be moved. */
	wall?: () => number;
	/** Milliseconds that pass whatever is done to the clock. */
	passing?: () => number;
}

/**
 * Watches whether the clock was moved, while the platform ran or before it started. Deleting by time
 * cannot be taken back, so it waits for a day, in which somebody may see that the clock is wrong.
 */
export function createClock({
	lastWritten,
	wall = () => Date.now(),
	passing = () => performance.now()
}: ClockSources): Clock {
	let from = { wall: wall(), passing: passing() };
	/** What was seen, and when by the time that passes. */
	let doubt = doubtAtStart(lastWritten, from.wall, from.passing);

	function look() {
		const at = { wall: wall(), passing: passing() };
		const moved = at.wall - from.wall - (at.passing - from.passing);
		// Only a way forward deletes too early; a way back says that there was one.
		if (moved > day || moved < -hour) {
			const hours = Math.round(Math.abs(moved) / hour);
			const way = moved > 0 ? 'forward' : 'back';
			doubt = { sentence: `the clock was moved ${way} by ${hours} hours`, since: at.passing };
		}
		from = at;
		if (doubt && at.passing - doubt.since > day) doubt = undefined;
	}

	return {
		now: () => new Date(wall()),
		findDoubt() {
			look();
			return doubt?.sentence;
		}
	};
}

function doubtAtStart(lastWritten: Date | undefined, wall: number, since: number) {
	if (!lastWritten) return undefined;
	const away = wall - lastWritten.getTime();
	if (away < -hour)
		return {
			sentence: 'the clock stands before the time when the stores were last written',
			since
		};
	if (away > longestAway)
		return {
			sentence: `the clock says that the stores were last written ${Math.round(away / day)} days ago`,
			since
		};
	return undefined;
}

/** When a store in the folder was last written, by the disk. */
export function findLastWritten(dataDir: string): Date | undefined {
	const files = readdirSync(dataDir).filter((name) => /\.db(-wal)?$/.test(name));
	const times = files.map((name) => statSync(join(dataDir, name)).mtimeMs);
	return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

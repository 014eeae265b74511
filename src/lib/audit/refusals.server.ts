import type { Actor } from '#lib/access/actor.ts';
import type { Store } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { writeAudit } from './audit.server.ts';

/** What has been noted today already, so that somebody who tries all day fills no log. */
const noted = new Set<string>();
let notedOn = '';

/** Where the log is written, and by which clock. */
interface Noting {
	db: Store<'platform'>;
	now(): Date;
}

/**
 * Notes that somebody was refused on a page: once for each person, route and day. The route is its
 * pattern, so that it names nobody.
 */
export async function noteRefusal({ db, now }: Noting, actor: Actor, route: string): Promise<void> {
	const today = dayOf(now());
	if (notedOn !== today) noted.clear();
	notedOn = today;
	const name = `${actor.person} ${route}`;
	if (noted.has(name)) return;
	noted.add(name);
	await db.write((tx) =>
		writeAudit(tx, now(), { event: 'access.refused', actor, detail: { route } })
	);
}

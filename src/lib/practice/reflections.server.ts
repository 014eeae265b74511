import { and, eq } from 'drizzle-orm';
import { newPrivateId } from '#lib/id.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { monthOf } from '#lib/time.ts';
import { findLearner, openLearner, type Learning } from './learner.server.ts';
import { reflections } from './tables.server.ts';

const sealedAt = (read: Reader<'private'>) =>
	prepared(read, 'reflection_at', (handle) =>
		handle
			.select({ sealed: reflections.sealed })
			.from(reflections)
			.where(and(eq(reflections.learner, given('learner')), eq(reflections.step, given('step'))))
			.prepare('reflection_at')
	);

/** What the person wrote for themselves at a step of a module, or after a scenario; or null. */
export async function readReflection(
	learning: Learning,
	person: string,
	scope: string,
	step: string
): Promise<string | null> {
	const learner = await findLearner(learning, person);
	if (!learner) return null;
	const pseudonym = learner.pseudonym(scope);
	const [row] = await sealedAt(learning.private.read).execute({ learner: pseudonym, step });
	return row ? learner.unseal(row.sealed, `${pseudonym} ${step}`) : null;
}

/**
 * Keeps what the person wrote at a step of a module, or after a scenario (by their scopes), sealed with
 * their own key; an empty text takes it away.
 */
export async function keepReflection(
	learning: Learning,
	person: string,
	scope: string,
	step: string,
	text: string,
	now: Date
): Promise<void> {
	const learner = await openLearner(learning, person);
	const pseudonym = learner.pseudonym(scope);
	const written = text.trim();
	await learning.private.write(async (tx) => {
		await tx
			.delete(reflections)
			.where(and(eq(reflections.learner, pseudonym), eq(reflections.step, step)));
		if (written === '') return;
		await tx.insert(reflections).values({
			id: newPrivateId(),
			learner: pseudonym,
			step,
			sealed: learner.seal(written, `${pseudonym} ${step}`),
			month: monthOf(now)
		});
	});
}

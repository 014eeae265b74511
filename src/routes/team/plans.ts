import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import { writeDay } from '#lib/time.ts';
import { listPlans } from '#lib/workplaces/plans.server.ts';

/** A plan of the workplace in its list: what the workplace writes, and nothing of who learns what. */
export interface PlanLine {
	title: string;
	/** The day of the last change as people write it; null while nobody has written anything. */
	changedOn: string | null;
	href: string;
}

/**
 * The plans that the courses ask of a workplace, in their order.
 *
 * @throws {DomainError} `forbidden` or `not-found` where the workplace is not the actor's to read of.
 */
export async function describePlans(
	app: App,
	actor: Actor,
	workplace: string,
	locale: Locale
): Promise<PlanLine[]> {
	const written = await listPlans(app, actor, workplace);
	const dayOf = new Map(written.map((plan) => [`${plan.course}/${plan.task}`, plan.changedOn]));
	return app.library.catalogue.courses.flatMap((course) =>
		course.modules.flatMap((module) =>
			module.steps.flatMap((step) => {
				if (step.kind !== 'task') return [];
				const day = dayOf.get(`${course.slug}/${step.task}`);
				return [
					{
						title: step.title[locale],
						changedOn: day === undefined ? null : writeDay(day, locale),
						href: `/learn/${course.slug}/${module.slug}/task/${step.task}?workplace=${workplace}`
					}
				];
			})
		)
	);
}

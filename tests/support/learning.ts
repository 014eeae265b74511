import type { App } from '#lib/app.ts';
import { recordModule } from '#lib/completion/record.server.ts';

/** Has somebody finish every module of a course on the app's day. */
export async function finishCourse(app: App, person: string, slug = 'basic'): Promise<void> {
	const course = app.library.catalogue.course(slug);
	for (const module of course?.modules ?? []) await recordModule(app, person, course!, module.slug);
}

/** Has somebody finish the refresher of a course on the app's day. */
export async function refreshCourse(app: App, person: string, slug = 'basic'): Promise<void> {
	const course = app.library.catalogue.course(slug);
	await recordModule(app, person, course!, course!.refresher!.slug);
}

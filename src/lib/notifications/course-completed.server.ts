import type { App } from '#lib/app.ts';
import { findPerson } from '#lib/identity/people.server.ts';
import type { Handler } from '#lib/server/jobs/jobs.server.ts';
import * as m from '#lib/ui/messages/messages.js';

/** Tells a learner that their course is registered as completed, and what their leader can see of it. */
export const mailCourseCompleted: Handler<App> = {
	event: 'course.completed',
	subscriber: 'mail to the learner',
	async handle(app, { person: id, course: slug }, job) {
		if (app.mailer.kind === 'none') return;
		const person = await findPerson(app.db.read, String(id));
		const course = app.library.catalogue.course(String(slug));
		// Both may have gone since; then there is nobody to tell, or nothing to tell of.
		if (!person?.email || !course) return;
		const locale = person.locale === 'en' ? 'en' : 'da';
		const title = course.title[locale];
		await app.mailer.send({
			id: job.id,
			to: { name: person.name, address: person.email },
			subject: m.mail_completed_subject({ title }, { locale }),
			text: m.mail_completed_text(
				{ name: person.name, title, link: `${app.origin}/learn` },
				{ locale }
			)
		});
	}
};

import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { addComment, settleComment } from '#lib/authoring/comments.server.ts';
import { authoriseDraft } from '#lib/authoring/draft-rights.server.ts';
import { publishReview } from '#lib/authoring/published.server.ts';
import { reviewKeys } from '#lib/authoring/review.ts';
import {
	approveParts,
	askForChanges,
	revokeParts,
	sendToReview,
	takeBack
} from '#lib/authoring/reviews.server.ts';
import { writeYaml } from '#lib/authoring/document/write.ts';
import { readDocument } from '#lib/authoring/updates.server.ts';
import { acting, requireForm } from '../../../admin/forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import { commentFields } from '../../comment-form.ts';
import { describeReview } from '../../describe-review.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const deeds = ['sent', 'approved', 'revoked', 'asked', 'back', 'published', 'said'] as const;

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { searchParams } = event.url;
		return {
			review: await describeReview(app, actor, event.params.scenario, locale),
			done: deeds.find((one) => one === searchParams.get('done')) ?? null
		};
	});

const key = v.picklist(reviewKeys);
const part = v.pipe(v.string(), v.maxLength(200));
const approving = v.strictObject({ key, parts: v.array(v.pipe(v.string(), v.maxLength(300))) });
const revoking = v.strictObject({ key, part });
const nothing = v.strictObject({});
const absent = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => text || null)
);
const commenting = v.union([
	v.strictObject({ settle: commentFields.id, resolved: v.picklist(['0', '1']) }),
	v.strictObject({
		id: commentFields.id,
		under: v.pipe(absent, commentFields.under),
		place: v.pipe(absent, commentFields.place),
		quote: v.pipe(absent, commentFields.quote),
		body: commentFields.body,
		must: v.pipe(
			v.optional(v.string(), ''),
			v.transform((text) => text !== '')
		)
	})
]);

const done = (event: RequestEvent, deed: (typeof deeds)[number]): never =>
	redirect(303, `/author/${event.params.scenario}/review?done=${deed}`);

export const actions = {
	/** Freezes the draft as it is now. */
	send: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { scenario } = event.params;
		await requireForm(event.request, nothing);
		await authoriseDraft(app.db.read, actor, scenario, 'write');
		const { doc, n } = await readDocument(app.db.read, scenario);
		const fault = await sendToReview(app, actor, scenario, { text: writeYaml(doc), upTo: n });
		if (fault === null) return done(event, 'sent');
		return fail(422, {
			fault: fault.reason,
			names: 'names' in fault ? fault.names : [],
			problems:
				fault.reason === 'problems'
					? fault.problems
							.filter(({ severity }) => severity === 'error')
							.map(({ message }) => message[locale])
					: []
		});
	}),
	approve: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const { key, parts } = await requireForm(event.request, approving);
		// As `name=hash`, where a name holds no sign of equality.
		const named = parts.map((one) => one.split('=') as [string, string]);
		await approveParts(event.locals.app, actor, event.params.scenario, {
			key,
			parts: Object.fromEntries(named)
		});
		return done(event, 'approved');
	}),
	revoke: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const { key, part } = await requireForm(event.request, revoking);
		await revokeParts(event.locals.app, actor, event.params.scenario, { key, parts: [part] });
		return done(event, 'revoked');
	}),
	ask: acting(async (event: RequestEvent) => {
		await requireForm(event.request, nothing);
		await askForChanges(event.locals.app, signedIn(event), event.params.scenario);
		return done(event, 'asked');
	}),
	back: acting(async (event: RequestEvent) => {
		await requireForm(event.request, nothing);
		await takeBack(event.locals.app, signedIn(event), event.params.scenario);
		return done(event, 'back');
	}),
	publish: acting(async (event: RequestEvent) => {
		await requireForm(event.request, nothing);
		const { app } = event.locals;
		const fault = await publishReview(app, signedIn(event), event.params.scenario);
		if (fault === null) return done(event, 'published');
		return fail(422, { fault, names: [], problems: [] });
	}),
	comment: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const { app } = event.locals;
		const { scenario } = event.params;
		const sent = await requireForm(event.request, commenting);
		if ('settle' in sent)
			await settleComment(app, actor, scenario, {
				comment: sent.settle,
				isResolved: sent.resolved === '1'
			});
		else await addComment(app, actor, scenario, sent);
		return done(event, 'said');
	})
} satisfies Actions;

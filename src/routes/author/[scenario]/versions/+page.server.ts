import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	listVersions,
	readVersionText,
	restoreVersion,
	retire
} from '#lib/authoring/published.server.ts';
import { findReviewAccess } from '#lib/authoring/review-access.server.ts';
import { newId } from '#lib/id.ts';
import { compare } from '#lib/scenario/compare.ts';
import { describeChange } from '#lib/scenario/describe-change.ts';
import { writeDay } from '#lib/time.ts';
import { acting, id, requireForm } from '../../../admin/forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import { nameScene } from '../../describe-review.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { scenario } = event.params;
		const { searchParams } = event.url;
		const access = await findReviewAccess(app.db.read, actor, scenario);
		const versions = await listVersions(app, actor, scenario);
		const known = versions.filter(({ state }) => state !== 'withdrawn');
		const find = (name: string, usual: number) =>
			known.find(({ version }) => String(version) === searchParams.get(name)) ?? known[usual];
		const [newer, older] = [find('newer', 0), find('older', 1)];
		return {
			id: scenario,
			title: access.draft.title[locale] || access.draft.title.da,
			isEditor: access.isEditor,
			newId: newId(),
			versions: versions.map(({ version, state, publishedOn, since }) => ({
				version,
				state,
				publishedOn: writeDay(publishedOn, locale),
				since: writeDay(since, locale)
			})),
			compared:
				newer && older && newer !== older
					? {
							newer: newer.version,
							older: older.version,
							scenes: await tellBetween(event, newer.slug, older.version, newer.version)
						}
					: null,
			isRetired: searchParams.get('done') === 'retired'
		};
	});

/** What differs between two versions, by scene, in sentences; what belongs to none comes first. */
async function tellBetween({ locals }: RequestEvent, slug: string, older: number, newer: number) {
	const { app, locale } = locals;
	const texts = await Promise.all(
		[older, newer].map((version) => readVersionText(app.db.read, slug, version))
	);
	const [before, after] = texts.map((one) =>
		one ? app.library.check(one.body, slug).scenario : null
	);
	if (!before || !after) return [];
	const changes = compare(before, after).filter(({ code }) => code !== 'version-changed');
	const byScene = Map.groupBy(changes, ({ path: [where, scene] }) =>
		where === 'scenes' && scene !== undefined ? String(scene) : ''
	);
	return [...byScene].map(([key, some]) => {
		const scene = after.scenes[key] ?? before.scenes[key];
		return {
			key,
			name: scene ? nameScene(key, scene, locale) : null,
			changes: some.map((change) => describeChange(change)[locale])
		};
	});
}

const restoring = v.strictObject({
	id,
	version: v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number))
});
const nothing = v.strictObject({});

export const actions = {
	restore: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const wanted = await requireForm(event.request, restoring);
		await restoreVersion(event.locals.app, actor, event.params.scenario, wanted);
		redirect(303, `/author/${wanted.id}`);
	}),
	retire: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		await requireForm(event.request, nothing);
		await retire(event.locals.app, actor, event.params.scenario);
		redirect(303, `/author/${event.params.scenario}/versions?done=retired`);
	})
} satisfies Actions;

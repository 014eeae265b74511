import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { canAnywhere } from '#lib/access/rights.ts';
import type { NewDraft } from '#lib/authoring/drafts.server.ts';
import { beginDraft, chooseSlug } from '#lib/authoring/drafts.server.ts';
import { startBlank } from '#lib/authoring/skeleton.ts';
import { startFromTemplate, templateNames, titleOfTemplate } from '#lib/authoring/templates.ts';
import { mostUploaded, readUploadedStory } from '#lib/authoring/upload.ts';
import { readSource } from '#lib/content/source.ts';
import { DomainError } from '#lib/errors.ts';
import { makeKebab } from '#lib/scenario/formats/kebab-names.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { writeFields } from '#lib/scenario/written.ts';
import { readUpload } from '#lib/server/upload.server.ts';
import * as m from '#lib/ui/messages/messages.js';
import { readForm } from '../../forms.ts';
import { answer, signedIn } from '../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const id = v.pipe(v.string(), v.uuid());
const title = v.pipe(v.string(), v.trim(), v.maxLength(200));

const forms = {
	blank: v.strictObject({ id, title }),
	template: v.strictObject({ id, template: v.picklist(templateNames) }),
	copy: v.strictObject({
		id,
		scenario: v.pipe(v.string(), v.maxLength(100)),
		as: v.picklist(['version', 'new'])
	}),
	upload: v.strictObject({ id, language: v.picklist(['da', 'en']) })
} as const;

export const load: PageServerLoad = (event) =>
	answer(async () => {
		requireWriter(event);
		const { app, locale } = event.locals;
		return {
			templates: templateNames.map((name) => ({ name, title: titleOfTemplate(name)[locale] })),
			scenarios: app.library.scenarios.map(({ slug, scenario }) => ({
				value: slug,
				name: scenario.title[locale]
			}))
		};
	});

function requireWriter(event: RequestEvent) {
	const actor = signedIn(event);
	if (!canAnywhere(actor, 'scenarios.write')) throw new DomainError('forbidden', 'scenarios.write');
	return actor;
}

async function read<Schema extends v.GenericSchema>(event: RequestEvent, schema: Schema) {
	const { success, output } = await readForm(event.request, schema);
	if (!success) throw new DomainError('invalid', 'form');
	return output;
}

async function begin(event: RequestEvent, draft: NewDraft): Promise<never> {
	await beginDraft(event.locals.app, signedIn(event), draft);
	redirect(303, `/author/${draft.id}`);
}

/** A large body is refused by Kit, which then leaves it unread: here it is read from the request itself. */
function bodyOf({ request, platform }: RequestEvent): AsyncIterable<Uint8Array> {
	const isLarge = Number(request.headers.get('content-length')) > 400_000;
	if (isLarge && platform?.req) return platform.req;
	return request.body ?? new Blob([]).stream();
}

export const actions = {
	blank: (event) =>
		answer(async () => {
			requireWriter(event);
			const { app, locale } = event.locals;
			const { id: draft, title: wish } = await read(event, forms.blank);
			const slug = await chooseSlug(app, makeKebab(wish, 'story'));
			const words = { da: '', en: '', [locale]: wish };
			return begin(event, { id: draft, fields: writeFields(startBlank(slug, words, locale)) });
		}),
	template: (event) =>
		answer(async () => {
			requireWriter(event);
			const { app, locale } = event.locals;
			const { id: draft, template } = await read(event, forms.template);
			const name = titleOfTemplate(template);
			const slug = await chooseSlug(app, makeKebab(name[locale], 'story'));
			const fields = writeFields(startFromTemplate(template, slug, locale));
			return begin(event, { id: draft, fields });
		}),
	copy: (event) =>
		answer(async () => {
			requireWriter(event);
			const { app } = event.locals;
			const { id: draft, scenario, as } = await read(event, forms.copy);
			const found = app.library.scenario(scenario);
			if (!found) throw new DomainError('not-found', 'scenario');
			const fields = readSource(found.source, `${scenario}.yaml`).source?.value;
			if (as === 'version')
				return begin(event, { id: draft, fields: asRecord(fields), begunFrom: found.hash });
			const slug = await chooseSlug(app, found.slug);
			// As a story of one's own it begins anew, and says of nobody that they have written it.
			const own = { ...asRecord(fields), id: slug, version: 1, authors: [] };
			return begin(event, { id: draft, fields: own });
		}),
	upload: (event) =>
		answer(async () => {
			const actor = requireWriter(event);
			const { app } = event.locals;
			const type = event.request.headers.get('content-type');
			const upload = await readUpload(bodyOf(event), type, mostUploaded);
			if (upload === 'too-large') return fail(413, { refused: m.author_upload_too_large() });
			if (upload === 'unreadable') throw new DomainError('invalid', 'upload');
			const { success, output } = v.safeParse(forms.upload, Object.fromEntries(upload.fields));
			if (!success) throw new DomainError('invalid', 'upload');
			if (!upload.file || upload.file.length === 0)
				return fail(422, { refused: m.author_upload_no_file() });
			const { locale } = event.locals;
			const story = readUploadedStory(upload.file, m.author_upload_name(), output.language);
			if ('refused' in story) return fail(422, { refused: story.refused[locale] });
			const { fields, unread } = story;
			await beginDraft(
				app,
				{ ...actor, locale },
				{
					id: output.id,
					fields,
					unread: { words: m.author_upload_unread_comment(), items: unread }
				}
			);
			if (unread.length === 0) redirect(303, `/author/${output.id}`);
			return {
				made: output.id,
				unread: unread.map(({ line, message }) => ({ line, text: message[locale] }))
			};
		})
} satisfies Actions;

const asRecord = (value: unknown) => (value ?? {}) as Scenario & Record<string, unknown>; // canonical text, which our own library has checked

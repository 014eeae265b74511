import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { authorshipForm } from '#lib/authoring/authorship.ts';
import { listLinks, makeLink, voidLink } from '#lib/authoring/draft-links.server.ts';
import {
	changeDraftRole,
	decideConsent,
	handOver,
	invite,
	invitedRoles,
	leaveDraft,
	listDraftPeople,
	listInvitable,
	removeFromDraft,
	tellAuthorship
} from '#lib/authoring/draft-people.server.ts';
import { authoriseDraft } from '#lib/authoring/draft-rights.server.ts';
import { discardDraft } from '#lib/authoring/drafts.server.ts';
import { DomainError } from '#lib/errors.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import { requireNothing } from '../../../admin/forms.ts';
import { readForm } from '../../../forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import { draftRoleName, titleOf, voiceName } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';

/** So many names are shown at once; with more, one looks for the one that is meant. */
const mostNames = 12;

const person = v.pipe(v.string(), v.uuid());
const role = v.picklist(invitedRoles);
const agrees = v.optional(v.literal('yes'));

const forms = {
	invite: v.strictObject({ person, role, agrees }),
	link: v.strictObject({ role, agrees }),
	void: v.strictObject({ link: v.pipe(v.string(), v.hexadecimal(), v.length(64)) }),
	role: v.strictObject({ person, role }),
	person: v.strictObject({ person }),
	own: v.strictObject({ ...authorshipForm, agrees })
} as const;

const deeds = ['invited', 'changed', 'removed', 'handed-over', 'own', 'voided'] as const;

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { params, url } = event;
		const draft = await authoriseDraft(app.db.read, actor, params.scenario, 'comment');
		const people = await listDraftPeople(app, actor, draft.id);
		const isOwner = draft.role === 'owner';
		const query = (url.searchParams.get('q') ?? '').slice(0, 100);
		const invitable = isOwner ? await listInvitable(app, actor, draft.id, query) : [];
		const links = isOwner ? await listLinks(app, actor, draft.id) : [];
		const own = people.find((one) => one.person === actor.person);
		return {
			id: draft.id,
			title: titleOf(draft.title, locale),
			isOwner,
			isDiscarded: draft.discardedAt !== null,
			people: people.map(({ person, name, role, voice, penName, consentedOn, isIn }) => ({
				person,
				name,
				role,
				roleName: draftRoleName(role),
				voice: voiceName(voice),
				penName,
				consentedOn: consentedOn && writeDay(consentedOn, locale),
				isIn,
				isMe: person === actor.person
			})),
			own: {
				voice: own?.voice ?? '',
				penName: own?.penName ?? '',
				consentedOn: own?.consentedOn ? writeDay(own.consentedOn, locale) : null
			},
			query,
			invitable: invitable.slice(0, mostNames),
			more: invitable.length > mostNames,
			links: links.map(({ hash, role, expiresAt }) => ({
				hash,
				roleName: draftRoleName(role),
				until: writeDay(dayOf(expiresAt), locale)
			})),
			done: deeds.find((deed) => deed === url.searchParams.get('done')) ?? null
		};
	});

async function read<Schema extends v.GenericSchema>(event: RequestEvent, schema: Schema) {
	const { success, output } = await readForm(event.request, schema);
	if (!success) throw new DomainError('invalid', 'form');
	return output;
}

type Event = RequestEvent<{ scenario: string }>;

/** Who is asked for first: what a form holds is nobody's business who is not in the draft. */
async function within(event: Event, deed: 'own' | 'comment') {
	const actor = signedIn(event);
	const { app } = event.locals;
	const { id } = await authoriseDraft(app.db.read, actor, event.params.scenario, deed);
	return { app, actor, draft: id };
}

function back({ params }: Event, done: (typeof deeds)[number]): never {
	redirect(303, `/author/${params.scenario}/people?done=${done}`);
}

export const actions = {
	invite: (event) =>
		answer(async () => {
			const { app, actor, draft } = await within(event, 'own');
			const { agrees: consents, ...wish } = await read(event, forms.invite);
			if (consents) await decideConsent(app, actor, draft, true);
			const { fault } = await invite(app, actor, draft, wish);
			if (fault) return fail(422, { fault });
			return back(event, 'invited');
		}),
	link: (event) =>
		answer(async () => {
			const { app, actor, draft } = await within(event, 'own');
			const { agrees: consents, role: wished } = await read(event, forms.link);
			if (consents) await decideConsent(app, actor, draft, true);
			const link = await makeLink(app, actor, draft, wished);
			if ('fault' in link) return fail(422, { fault: link.fault });
			const { locale } = event.locals;
			return {
				address: `${app.origin}/author/invitations/${link.token}`,
				until: writeDay(dayOf(link.expiresAt), locale)
			};
		}),
	void: (event) =>
		answer(async () => {
			const { app, actor, draft } = await within(event, 'own');
			const { link } = await read(event, forms.void);
			await voidLink(app, actor, draft, link);
			return back(event, 'voided');
		}),
	role: (event) =>
		answer(async () => {
			const { app, actor, draft } = await within(event, 'own');
			await changeDraftRole(app, actor, draft, await read(event, forms.role));
			return back(event, 'changed');
		}),
	remove: (event) =>
		answer(async () => {
			const { app, actor, draft } = await within(event, 'own');
			const { person: who } = await read(event, forms.person);
			await removeFromDraft(app, actor, draft, who);
			return back(event, 'removed');
		}),
	handOver: (event) =>
		answer(async () => {
			const { app, actor, draft } = await within(event, 'own');
			const { person: who } = await read(event, forms.person);
			await handOver(app, actor, draft, who);
			return back(event, 'handed-over');
		}),
	own: (event) =>
		answer(async () => {
			const { app, actor, draft } = await within(event, 'comment');
			const { voice, penName, agrees: consents } = await read(event, forms.own);
			await tellAuthorship(app, actor, draft, { voice: voice || null, penName: penName || null });
			await decideConsent(app, actor, draft, consents === 'yes');
			return back(event, 'own');
		}),
	leave: (event) =>
		answer(async () => {
			const { app, actor, draft } = await within(event, 'comment');
			await requireNothing(event.request);
			await leaveDraft(app, actor, draft);
			redirect(303, '/author?done=left');
		}),
	discard: (event) =>
		answer(async () => {
			const { app, actor, draft } = await within(event, 'own');
			await requireNothing(event.request);
			await discardDraft(app, actor, draft);
			redirect(303, '/author?done=discarded');
		})
} satisfies Actions;

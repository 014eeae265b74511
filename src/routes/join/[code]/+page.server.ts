import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '#lib/errors.ts';
import {
	back,
	findRoomByCode,
	findSeat,
	readOwn,
	suggest,
	takeSeat,
	vote,
	type Seated
} from '#lib/plenary/phones.server.ts';
import { showPhone } from '#lib/plenary/screens.server.ts';
import { readForm } from '../../forms.ts';
import { answer } from '../../respond.ts';
import { readSeat, writeSeat } from '../seat-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

const voted = v.strictObject({
	round: v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number)),
	choice: v.pipe(v.string(), v.maxLength(100))
});
const suggested = v.strictObject({ words: v.pipe(v.string(), v.maxLength(500)) });
const backed = v.strictObject({
	suggestion: v.pipe(v.string(), v.uuid()),
	on: v.picklist(['on', 'off'])
});

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { app, locale } = event.locals;
		const { code } = event.params;
		const seated = await findSeat(app, code, readSeat(event.cookies));
		if (seated)
			return {
				code,
				way: 'in' as const,
				screen: await showPhone(app, seated.room, locale),
				own: await readOwn(app, seated),
				n: seated.room.n
			};
		const isThere = await knows(event);
		const wasIn = readSeat(event.cookies) !== undefined;
		if (!isThere && !wasIn) throw new DomainError('not-found', 'room');
		return { code, way: isThere ? ('door' as const) : ('over' as const) };
	});

async function knows({ locals: { app }, params, getClientAddress }: RequestEvent) {
	try {
		await findRoomByCode(app, params['code'] ?? '', getClientAddress());
		return true;
	} catch (thrown) {
		if (thrown instanceof DomainError && thrown.code === 'not-found') return false;
		throw thrown;
	}
}

/** An action of a phone in its seat; one that has none goes to the door. */
function seated<Schema extends v.GenericSchema, Result>(
	schema: Schema,
	work: (app: App, seat: Seated, form: v.InferOutput<Schema>) => Promise<Result>
) {
	return (event: RequestEvent) =>
		answer(async () => {
			const { app } = event.locals;
			const code = event.params['code'] ?? '';
			const { success, output } = await readForm(event.request, schema);
			if (!success) throw new DomainError('invalid', 'form');
			const seat = await findSeat(app, code, readSeat(event.cookies));
			if (!seat) redirect(303, `/join/${code}`);
			return work(app, seat, output);
		});
}

type App = RequestEvent['locals']['app'];

export const actions = {
	join: (event) =>
		answer(async () => {
			const { app } = event.locals;
			const { code } = event.params;
			const session = await findRoomByCode(app, code, event.getClientAddress());
			// Pressed twice, it is still one seat.
			if (await findSeat(app, code, readSeat(event.cookies))) redirect(303, `/join/${code}`);
			try {
				writeSeat(event.cookies, app.origin, code, await takeSeat(app, session));
			} catch (thrown) {
				if (thrown instanceof DomainError && thrown.code === 'too-many')
					return fail(429, { isFull: true });
				throw thrown;
			}
			redirect(303, `/join/${code}`);
		}),
	vote: seated(voted, async (app, seat, { round, choice }) => {
		const { isIn } = await vote(app, seat, { round, choice });
		return isIn ? {} : fail(409, { isLate: true });
	}),
	suggest: seated(suggested, async (app, seat, { words }) => {
		try {
			await suggest(app, seat, words);
			return {};
		} catch (thrown) {
			if (thrown instanceof DomainError && thrown.code === 'invalid')
				return fail(422, { draft: words });
			throw thrown;
		}
	}),
	back: seated(backed, async (app, seat, { suggestion, on }) => {
		await back(app, seat, { suggestion, isOn: on === 'on' });
		return {};
	})
} satisfies Actions;

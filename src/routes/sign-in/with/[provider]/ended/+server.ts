import { json } from '@sveltejs/kit';
import { answer } from '../../../../respond.ts';
import { endByToken } from './end.server.ts';
import type { RequestHandler } from './$types';

/** Back-channel logout, for a server without our entry; see `direct-routes.server.ts`. */
export const POST: RequestHandler = ({ request, params, locals: { app } }) =>
	answer(async () => {
		const body = Object.fromEntries(await request.formData());
		const isDone = await endByToken(app, params.provider, body);
		return json(isDone ? {} : { error: 'invalid_request' }, { status: isDone ? 200 : 400 });
	});

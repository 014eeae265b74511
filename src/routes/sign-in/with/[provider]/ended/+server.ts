import { json } from '@sveltejs/kit';
import { readFields } from '../../../../forms.ts';
import { answer } from '../../../../respond.ts';
import { endByToken } from './end.server.ts';
import type { RequestHandler } from './$types';

/** Back-channel logout, for a server without our entry; see `direct-routes.server.ts`. */
export const POST: RequestHandler = ({ request, params, locals: { app } }) =>
	answer(async () => {
		const data = await readFields(request);
		const isDone =
			data !== null && (await endByToken(app, params.provider, Object.fromEntries(data)));
		return json(isDone ? {} : { error: 'invalid_request' }, { status: isDone ? 200 : 400 });
	});

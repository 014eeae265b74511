import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { app } }) => {
	try {
		await Promise.all([app.db.ping(), app.learning.private.ping(), app.learning.keys.ping()]);
		return json({ status: 'ok' });
	} catch {
		return json({ status: 'unavailable' }, { status: 503 });
	}
};

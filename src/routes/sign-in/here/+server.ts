import type { RequestHandler } from './$types';

/** A shared tablet says that somebody is still there; asking has put the end of the session off. */
export const POST: RequestHandler = ({ locals: { actor } }) =>
	new Response(null, { status: actor ? 204 : 401 });

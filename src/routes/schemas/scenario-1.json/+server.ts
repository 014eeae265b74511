import { jsonSchemaPath, writeJsonSchema } from '#lib/scenario/json-schema.ts';
import type { RequestHandler } from './$types';

/** The format of scenario files, for editors that help with writing them. */
export const GET: RequestHandler = ({ locals: { app } }) =>
	new Response(JSON.stringify(writeJsonSchema(app.origin + jsonSchemaPath), null, '\t'), {
		headers: {
			'content-type': 'application/schema+json',
			'cache-control': 'public, max-age=86400'
		}
	});

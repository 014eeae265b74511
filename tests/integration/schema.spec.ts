import { expect, test } from 'vitest';
import { makeApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { GET } from '../../src/routes/schemas/scenario-1.json/+server.ts';

test('the format of scenario files is there for anyone, and may be kept', async () => {
	const app = await makeApp();
	const event = makeEvent(app, { url: '/schemas/scenario-1.json' });
	const response = await GET(event as Parameters<typeof GET>[0]);
	expect(response.status).toBe(200);
	expect(response.headers.get('content-type')).toBe('application/schema+json');
	expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/u);
	expect(await response.json()).toMatchObject({
		$id: `${app.origin}/schemas/scenario-1.json`,
		type: 'object'
	});
});

import { expect, test } from 'vitest';
import { answerDirectly, findDirectRoute } from './direct.ts';

answerDirectly({
	before: '/stories/',
	after: '/moves',
	answer: async ({ parameter }) => ({ status: 200, data: { parameter } })
});

const json = 'application/json';

test('a move is for the direct route, with the name of its story', () => {
	expect(findDirectRoute('POST', '/stories/night-watch/moves', json)?.parameter).toBe(
		'night-watch'
	);
	expect(findDirectRoute('POST', '/stories/a/moves', `${json}; charset=utf-8`)?.parameter).toBe(
		'a'
	);
});

test.each([
	['another method', 'GET', '/stories/a/moves', json],
	['a form', 'POST', '/stories/a/moves', 'application/x-www-form-urlencoded'],
	['no content type', 'POST', '/stories/a/moves', undefined],
	['another address', 'POST', '/stories/a', json],
	['an address below', 'POST', '/stories/a/b/moves', json],
	['an empty name', 'POST', '/stories//moves', json],
	['a name that wants decoding', 'POST', '/stories/%61/moves', json],
	['a query', 'POST', '/stories/a/moves?x=/moves', json]
])('%s is left to the app', (_, method, url, type) => {
	expect(findDirectRoute(method, url, type)).toBeUndefined();
});

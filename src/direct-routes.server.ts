/**
 * What is answered without Kit. A move is one small row; recording one through Kit costs several times
 * what the row does, and a whole house may play at once.
 */
import type { App } from '#lib/app.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { answerDirectly, type DirectAnswer, type DirectRequest } from '#lib/server/entry/direct.ts';
import { identify } from './identify.server.ts';
import { endByToken } from './routes/sign-in/with/[provider]/ended/end.server.ts';
import { recordSentMove } from './routes/scenarios/[scenario]/moves/record.server.ts';
import { findSessionCookie, formatSessionCookie } from './session-cookie.ts';

/** Has the entry, where there is one, ask the app directly for these. */
export function offerDirectRoutes(app: App): void {
	answerDirectly({
		before: '/scenarios/',
		after: '/moves',
		answer: (request) => answerMove(app, request)
	});
	// A provider is no browser: it names no origin, and Kit would refuse its form.
	answerDirectly({
		takes: 'form',
		before: '/sign-in/with/',
		after: '/ended',
		answer: ({ parameter, body }) => answerEnded(app, parameter, body)
	});
}

async function answerEnded(app: App, provider: string, body: unknown): Promise<DirectAnswer> {
	const began = performance.now();
	const isDone = await endByToken(app, provider, body);
	const status = isDone ? 200 : 400;
	app.log.info({
		route: '/sign-in/with/[provider]/ended',
		method: 'POST',
		status,
		ms: Math.round(performance.now() - began)
	});
	return { status, data: isDone ? {} : { error: 'invalid_request' } };
}

async function answerMove(
	app: App,
	{ parameter, cookies, body }: DirectRequest
): Promise<DirectAnswer> {
	const began = performance.now();
	const token = findSessionCookie(cookies, app.origin);
	const answer = await recordMove(app, token, parameter, body);
	// The same line as for every other request.
	const milliseconds = performance.now() - began;
	const answered = {
		route: '/scenarios/[scenario]/moves',
		method: 'POST',
		status: answer.status
	};
	app.log.info({ ...answered, ms: Math.round(milliseconds) });
	app.metrics.answered({ ...answered, milliseconds });
	return answer;
}

async function recordMove(
	app: App,
	token: string | undefined,
	scenario: string,
	body: unknown
): Promise<DirectAnswer> {
	try {
		const who = token ? await identify(app, token) : null;
		const cookie =
			token && who?.session.prolonged
				? formatSessionCookie(app.origin, token, who.session.expiresAt)
				: undefined;
		return { ...(await recordSentMove(app, who?.actor ?? null, scenario, body)), cookie };
	} catch (thrown) {
		if (!(thrown instanceof StoreUnavailable)) throw thrown;
		return { status: 503, data: { reason: thrown.reason } };
	}
}

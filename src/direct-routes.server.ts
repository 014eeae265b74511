/**
 * What is answered without Kit. A move is one small row; recording one through Kit costs several times
 * what the row does, and a whole house may play at once.
 */
import type { App } from '#lib/app.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { answerDirectly, type DirectAnswer, type DirectRequest } from '#lib/server/entry/direct.ts';
import { identify } from './identify.server.ts';
import { noteAnswer } from './note-answer.ts';
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

function answerEnded(app: App, provider: string, body: unknown): Promise<DirectAnswer> {
	return tell(app, '/sign-in/with/[provider]/ended', async () => {
		const isDone = await endByToken(app, provider, body);
		return isDone ? { status: 200, data: {} } : { status: 400, data: { error: 'invalid_request' } };
	});
}

function answerMove(app: App, { parameter, cookies, body }: DirectRequest): Promise<DirectAnswer> {
	return tell(app, '/scenarios/[scenario]/moves', async () => {
		const token = findSessionCookie(cookies, app.origin);
		const who = token ? await identify(app, token) : null;
		const cookie =
			token && who?.session.prolonged
				? formatSessionCookie(app.origin, token, who.session.expiresAt)
				: undefined;
		return { ...(await recordSentMove(app, who?.actor ?? null, parameter, body)), cookie };
	});
}

/** Logs and counts the answer as that of every other request; a store that cannot answer is one too. */
function tell(app: App, route: string, work: () => Promise<DirectAnswer>): Promise<DirectAnswer> {
	return noteAnswer(app, { route, method: 'POST' }, async () => {
		try {
			return await work();
		} catch (thrown) {
			if (!(thrown instanceof StoreUnavailable)) throw thrown;
			return { status: 503, data: { reason: thrown.reason } };
		}
	});
}

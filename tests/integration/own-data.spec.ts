import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { recordModule } from '#lib/completion/record.server.ts';
import { beginAttempt, recordMove } from '#lib/practice/attempts.server.ts';
import { putBehind, scopeOfModule } from '#lib/practice/progress.server.ts';
import { keepReflection } from '#lib/practice/reflections.server.ts';
import { makeLetter } from '#lib/workplaces/ways-in.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { POST } from '../../src/routes/me/data/download/+server.ts';
import { load } from '../../src/routes/me/data/+page.server.ts';
import { actions } from '../../src/routes/me/data/erase/+page.server.ts';
import { actions as invitation } from '../../src/routes/invitations/[token]/+page.server.ts';
import type { OwnData } from '../../src/routes/me/gather.server.ts';

const module = { course: 'basic', module: 'what-is-trauma' };
const slug = 'reception-full-house';

async function makeLearner(app: TestApp, name: string, written: string) {
	const org = await makeOrganisation(app, name);
	const actor = await org.hire(name, org.north);
	const { person } = actor;
	await putBehind(app.learning, person, module, ['too-much'], app.now());
	await keepReflection(app.learning, person, scopeOfModule(module), 'one', written, app.now());
	const { scenario, hash } = app.library.scenario(slug)!;
	const version = { slug, version: hash };
	const attempt = await beginAttempt(app.learning, person, version, null, app.now());
	await recordMove(app.learning, scenario, attempt.id, 0, 'greet');
	await recordModule(app, person, app.library.catalogue.course('basic')!, module.module);
	return { actor, org };
}

async function download(app: TestApp, actor: Actor, format: 'json' | 'csv') {
	const event = makeEvent(app, { actor, url: '/me/data/download', form: { format } });
	return POST(event as Parameters<typeof POST>[0]);
}

describe('one’s own data', () => {
	test('come whole, and hold nothing of anybody else', async () => {
		const app = makeApp();
		const { actor } = await makeLearner(app, 'Kim', 'only for Kim');
		await makeLearner(app, 'Bo', 'only for Bo');
		const own = (await (await download(app, actor, 'json')).json()) as OwnData;
		expect(own).toMatchObject({
			record: { name: 'Kim', workplaces: [{ name: 'Kim north' }] },
			completed: { modules: [{ ...module, source: 'learned', day: '2026-03-14' }] },
			private: {
				steps: [{ ...module, step: 'too-much', month: '2026-03' }],
				attempts: [{ scenario: slug, moves: ['greet'], state: 'open' }],
				reflections: [{ about: 'basic/what-is-trauma', text: 'only for Kim' }]
			}
		});
		expect(JSON.stringify(own)).not.toContain('only for Bo');
		const csv = await (await download(app, actor, 'csv')).text();
		expect(csv).toContain('private;basic/what-is-trauma one;only for Kim;2026-03');
		expect(csv).not.toContain('Bo');
	});

	test('16.3.3 are told in the log when they are downloaded', async () => {
		const app = makeApp();
		const { actor } = await makeLearner(app, 'Kim', 'words');
		await download(app, actor, 'csv');
		const own = (await (await download(app, actor, 'json')).json()) as OwnData;
		expect(own.log).toMatchObject([{ event: 'data.exported', by: 'me', day: '2026-03-14' }]);
	});

	test('18.3.1 tell who has looked by role, house and day, once a day and without a name', async () => {
		const app = makeApp();
		const { actor, org } = await makeLearner(app, 'Kim', 'words');
		const leader = await org.hire('Lea', org.north, 'leader');
		for (const minute of [1, 2])
			await app.db.write((tx) =>
				writeAudit(tx, new Date(app.now().getTime() + minute * 60_000), {
					event: 'record.read',
					actor: leader,
					role: 'leader',
					workplace: org.north,
					subject: actor.person
				})
			);
		const event = makeEvent(app, { actor, url: '/me/data' });
		const data = await load(event as Parameters<typeof load>[0]);
		expect(data).toMatchObject({
			looks: [{ role: 'leader', house: 'Kim north', day: '14. marts 2026' }]
		});
		expect(JSON.stringify(data)).not.toContain('Lea');
		expect(JSON.stringify(data)).not.toContain(leader.person);
	});

	test('are erased on the private side alone, and only when it is meant', async () => {
		const app = makeApp();
		const { actor } = await makeLearner(app, 'Kim', 'words');
		const erase = (form: Record<string, string>) =>
			actions.default(
				makeEvent(app, { actor, url: '/me/data/erase', form }) as Parameters<
					typeof actions.default
				>[0]
			);
		expect(await erase({})).toMatchObject({ status: 422 });
		await expect(erase({ sure: 'yes' })).rejects.toMatchObject({
			status: 303,
			location: '/me/data?erased'
		});
		const own = (await (await download(app, actor, 'json')).json()) as OwnData;
		expect(own.private).toEqual({ steps: [], attempts: [], refreshers: [], reflections: [] });
		expect(own.completed.modules).toHaveLength(1);
	});

	test('are gone for who comes in by a letter that somebody else has made', async () => {
		const app = makeApp();
		const { actor, org } = await makeLearner(app, 'Kim', 'words');
		const leader = await org.hire('Lea', org.north, 'leader');
		const { link } = await makeLetter(app, leader, actor.person);
		const asked = {
			params: { token: link.split('/').at(-1) ?? '' },
			form: { password: 'stol lampe flod gryde' }
		};
		const event = makeEvent(app, asked) as Parameters<typeof invitation.default>[0];
		await expect(invitation.default(event)).rejects.toMatchObject({ status: 303 });
		const own = (await (await download(app, actor, 'json')).json()) as OwnData;
		expect(own.private).toEqual({ steps: [], attempts: [], refreshers: [], reflections: [] });
		expect(own.completed.modules).toHaveLength(1);
	});

	test('7.5.1 are neither downloaded nor erased by who has not shown lately who they are', async () => {
		const app = makeApp();
		const { actor } = await makeLearner(app, 'Kim', 'words');
		const stale = { actor, isFresh: false };
		const again = { status: 303, location: expect.stringMatching(/^\/sign-in\/again/) as string };
		const asked = makeEvent(app, { ...stale, form: { format: 'json' } });
		await expect(POST(asked as Parameters<typeof POST>[0])).rejects.toMatchObject(again);
		const event = makeEvent(app, { ...stale, form: { sure: 'yes' } });
		await expect(
			actions.default(event as Parameters<typeof actions.default>[0])
		).rejects.toMatchObject(again);
	});
});

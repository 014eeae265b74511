import { beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../src/commands/build.mjs';
import { afterAllTests } from '#tests/support/folder.ts';
import { makeInstallation, type Installation } from '#tests/support/nodes.ts';
import { scenarioModule } from '#tests/support/player.ts';
import type { Server } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';

const tidyUp = afterAllTests();
let installation: Installation;
let node: Server;

beforeAll(async () => {
	await ensureBuilt({ announce: false });
	installation = await makeInstallation(process.env.TEST_POSTGRES!, tidyUp);
	node = await installation.startNode();
}, 600_000);

test('the demonstration loads into PostgreSQL, and a module that is finished shows on the leader’s page', async () => {
	const { ask } = installation;
	const staff = await new Visitor(installation.origin).signIn('staff@demo.example');
	const { course, module } = scenarioModule;
	const path = `/learn/${course}`;
	const find = (email: string) =>
		ask(
			'platform',
			`SELECT c.module FROM module_completions c JOIN people p ON p.id = c.person
			WHERE p.email = $1 AND c.module = $2`,
			[email, module]
		);
	expect(await find('staff@demo.example')).toEqual([]);
	await staff.submit(`${path}/${module}?/skip`, {});
	expect(await find('staff@demo.example')).toEqual([{ module }]);
	expect(await staff.open(path)).toContain(module);
	const leader = await new Visitor(installation.origin).signIn('leader@demo.example');
	expect(await leader.open('/team')).toMatch(/\d+ af \d+|\d+ of \d+/);
	expect(node.printed()).not.toContain('"level"');
}, 120_000);

test.each([
	['staff', ['/', '/learn', '/me', '/me/data', '/framework', '/toolbox', '/help']],
	['leader', ['/team']],
	['peer', ['/author']],
	['key', ['/plenary', '/plenary/new']],
	['editor', ['/author']],
	['admin', ['/admin', '/admin/people', '/admin/rules', '/admin/import']]
])(
	'pages of %s answer from PostgreSQL',
	async (name, paths) => {
		const visitor = await new Visitor(installation.origin).signIn(`${name}@demo.example`);
		for (const path of paths) {
			const response = await fetch(`${installation.origin}${path}`, { headers: visitor.headers });
			await response.body?.cancel();
			expect([path, response.status]).toEqual([path, 200]);
		}
		expect(node.printed()).not.toContain('"level"');
	},
	60_000
);

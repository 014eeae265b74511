import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './install.mjs';
import { describeServer } from './server.mjs';

test('the unit for systemd starts the server as “npm start” does', () => {
	const { parameters, env } = describeServer();
	const unit = readFileSync(join(root, 'docs', 'operating.md'), 'utf8');
	expect(unit).toContain(`node_modules/.bin/node ${parameters.join(' ')}\n`);
	expect(unit).toContain(`\nEnvironment=MALLOC_ARENA_MAX=${env.MALLOC_ARENA_MAX}\n`);
});

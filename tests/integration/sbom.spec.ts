import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '#tests/support/folder.ts';
import { onTestFinished } from 'vitest';

test('15.1.2 the bill of materials names what is served, and nothing that only builds or tests', () => {
	const file = join(makeFolder(onTestFinished), 'sbom.json');
	const { status, stderr } = spawnSync(process.execPath, ['src/commands/sbom.mjs', file], {
		encoding: 'utf8'
	});
	expect(status, stderr).toBe(0);
	const bill: { bomFormat: string; components: { name: string; version: string }[] } = JSON.parse(
		readFileSync(file, 'utf8')
	);
	expect(bill.bomFormat).toBe('CycloneDX');
	const names = bill.components.map(({ name }) => name);
	const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
	const bare = (name: string) => name.replace(/^@[^/]+\//, '');
	for (const name of Object.keys(dependencies)) expect(names, name).toContain(bare(name));
	for (const name of ['vitest', 'eslint', 'prettier', 'cspell']) {
		expect(Object.keys(devDependencies)).toContain(name);
		expect(names).not.toContain(name);
	}
}, 120_000);

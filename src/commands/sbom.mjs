/** `npm run sbom [-- FILE]`: the bill of materials of what is served, CycloneDX as JSON. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const file = resolve(process.argv[2] ?? 'build/sbom.json');
mkdirSync(dirname(file), { recursive: true });
const program = resolve('node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js');
const { status } = spawnSync(
	process.execPath,
	[
		program,
		'--omit=dev',
		'--output-format=JSON',
		// The same for the same packages, wherever and whenever it is made.
		'--output-reproducible',
		'--mc-type=application',
		`--output-file=${file}`,
		// By the lock file, which `npm ci` installs to the letter.
		'--package-lock-only'
	],
	{ stdio: ['ignore', 'inherit', 'inherit'] }
);
if (status === 0) console.log(`The bill of materials is in ${file}`);
process.exit(status ?? 1);

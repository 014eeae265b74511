import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path/posix';
import { describe, expect, test } from 'vitest';

/** Capabilities, lowest first; those of one row never import each other. */
const order = [
	['ui'],
	['content'],
	['scenario'],
	['access'],
	['audit'],
	['identity'],
	['workplaces'],
	['practice', 'completion'],
	['certificates'],
	['authoring'],
	['plenary'],
	['notifications']
];

/** Libraries by capability and ring; whatever is not named is not imported there. */
const libraries: Record<string, { pure?: RegExp; server?: RegExp; ui?: RegExp }> = {
	content: {
		pure: /^(valibot|yaml|unified|unist-util-visit|hast|mdast|(remark|rehype|mdast-util)-[a-z-]+)$/
	},
	scenario: {
		pure: /^(valibot|@valibot\/to-json-schema|xstate|yaml)(\/|$)/,
		ui: /^(xstate|@xyflow\/svelte|@dagrejs\/dagre)$/
	},
	access: { pure: /^valibot$/ },
	identity: {
		pure: /^valibot$/,
		server: /^(lucia|@node-rs\/argon2|uqr|openid-client|jose|otpauth|@simplewebauthn\/server)$/
	},
	workplaces: { pure: /^valibot$/, server: /^(csv-parse|ical-generator)/ },
	completion: { pure: /^valibot$/ },
	certificates: { pure: /^valibot$/ },
	authoring: {
		pure: /^(valibot|yaml|yjs|xstate)(\/|$)/,
		server: /^yjs$/,
		ui: /^(yjs|@xyflow\/svelte|@dagrejs\/dagre)/
	},
	plenary: { pure: /^(valibot|xstate)$/, server: /^(uqr|ical-generator)$/, ui: /^uqr$/ }
};
const inServer = /^(node:.*|drizzle-orm.*)$/;
const inUi = /^(svelte(\/.*)?|\$app\/.*|@lucide\/svelte\/.*|bits-ui)$/;
const framework = /^(@sveltejs\/kit|\$app|\$env|svelte)(\/|$)/;

/** A learner's own pages, the only ones that serve what is hers alone. */
const ownRoutes = /^routes\/(\(learner\)|learn|scenarios|me)\//;
/** Where somebody comes in by what another has made or said of them, and what was private is erased. */
const comesIn = /^routes\/sign-in\/(choose|with\/\[provider\]\/back\/\+server)\.ts$/;
const readsPractice =
	/^(lib\/practice\/|((startup|finishing|retention|choices|breach)|demonstration\/large\/private)\.server\.ts$)/;
/**
 * Own pages that others share: the way in shows the next step, the health check asks both stores, and
 * who plays records moves without the framework.
 */
const sharesOwn =
	/^(routes\/(\+page\.server\.ts|healthz\/\+server\.ts)|direct-routes\.server\.ts)$/;

const nameless =
	/^(index|utils?|helpers?|types?|constants?|misc|common)(\.(server|svelte))?\.[a-z]+$/;

type Ring = 'pure' | 'server' | 'ui' | 'outside';

interface Place {
	path: string;
	/** `server` for plumbing, empty for what lies directly in `lib` or outside of it. */
	capability: string;
	ring: Ring;
}

function locate(path: string): Place {
	const [top, second = '', third] = path.split('/');
	const capability = top === 'lib' && third !== undefined ? second : '';
	const ring =
		top !== 'lib'
			? 'outside'
			: capability === 'server' || path.endsWith('.server.ts')
				? 'server'
				: capability === 'ui' || path.includes('/ui/')
					? 'ui'
					: 'pure';
	return { path, capability, ring };
}

const rank = (capability: string) => order.findIndex((row) => row.includes(capability));

/** What a file imports, also for its types and by `import()`. */
function importsOf(source: string): string[] {
	const pattern =
		/(?:^|[\n;>])\s*(?:import|export)\s+(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
	return [...source.matchAll(pattern)].map(([, named, dynamic]) => named ?? dynamic ?? '');
}

/** What `file` (below `src`) does that its place does not allow, in sentences. */
function violations(file: string, source: string): string[] {
	const from = locate(file);
	const found = judgeName(file);
	if (file.endsWith('.spec.ts')) return found;
	for (const specifier of importsOf(source)) {
		const problem = /^(#lib\/|\.)/.test(specifier)
			? judgeFile(from, specifier)
			: judgeLibrary(from, specifier);
		if (problem) found.push(`${problem}: ${specifier}`);
	}
	const mayRead = readsPractice.test(file) || ownRoutes.test(file) || sharesOwn.test(file);
	if (!mayRead && /\.learning\b|[{,]\s*learning\b[^=]*\}\s*=/.test(source)) {
		found.push('reaches for what only the learner may know: app.learning');
	}
	return found;
}

function judgeName(file: string): string[] {
	const name = basename(file);
	if (nameless.test(name)) return ['is named after nothing'];
	const isRight = name.endsWith('.svelte')
		? /^(\+[a-z]+|[A-Z][A-Za-z]*)(@[a-z()]*)?\.svelte$/.test(name)
		: /^\+?[a-z0-9-]+(\.(server|client|svelte|spec|d|min))*\.[a-z]+$/.test(name);
	return isRight ? [] : ['is named in an unusual way'];
}

function judgeFile(from: Place, specifier: string): string | undefined {
	if (!/\.(ts|js|mjs|svelte|css|json|svg)(\?[a-z&]+)?$/.test(specifier)) {
		return specifier.endsWith('/$types') || specifier === './$types'
			? undefined
			: 'leaves the extension out';
	}
	const path = specifier.startsWith('#') ? specifier.slice(1) : join(dirname(from.path), specifier);
	const to = locate(path);
	if (from.path === 'lib/app.ts') return undefined; // types only
	const isAcross = from.path.startsWith('lib/') && from.capability !== to.capability;
	if (isAcross && specifier.startsWith('.') && from.capability !== '') {
		return 'imports across folders without #lib';
	}
	return judgeSecrets(from, to) ?? (from.ring === 'outside' ? undefined : judgeOrder(from, to));
}

/** What only few may import at all. */
function judgeSecrets(from: Place, to: Place): string | undefined {
	const isRoute = /^(routes\/|hooks\.|demonstration\/)/.test(from.path);
	if (isRoute && to.path.endsWith('tables.server.ts')) return 'reaches past a capability';
	if (to.path === 'startup.server.ts' && from.path !== 'hooks.server.ts') {
		return 'starts the platform a second time';
	}
	const isOwn = readsPractice.test(from.path) || ownRoutes.test(from.path);
	if (to.path === 'finishing.server.ts' && !isOwn) return 'finishes for somebody else';
	if (to.path === 'retention.server.ts' && !isOwn && !comesIn.test(from.path))
		return 'erases for somebody else';
	if (to.capability === 'practice' && !isOwn) return 'imports what only the learner may know';
	const readsOwn = isOwn || sharesOwn.test(from.path);
	if (ownRoutes.test(to.path) && to.path.endsWith('.server.ts') && !readsOwn) {
		return 'borrows from a learner’s own pages';
	}
	return undefined;
}

function judgeOrder(from: Place, to: Place): string | undefined {
	if (to.ring === 'outside') return 'imports what stands above it';
	const isOwn = to.capability === from.capability;
	const isWords = to.path.startsWith('lib/ui/messages/');
	// A list of names, which content is checked against.
	const isNames = to.path === 'lib/ui/illustrations.ts';
	if (to.ring === 'server' && from.ring !== 'server') return 'does I/O where none is allowed';
	if (to.ring === 'ui' && from.ring !== 'ui' && !isNames && !(isWords && from.ring === 'server')) {
		return 'shows something where nothing is shown';
	}
	if (to.capability === '' || isOwn) return undefined;
	if (to.capability === 'server') return undefined;
	if (from.capability === 'server') return 'brings business into the plumbing';
	if (rank(to.capability) < 0) return 'is of no known capability';
	return rank(to.capability) < rank(from.capability) ? undefined : 'imports upwards';
}

function judgeLibrary(from: Place, specifier: string): string | undefined {
	if (specifier.startsWith('$lib')) return 'says $lib where plain Node reads #lib';
	if (specifier === 'lucia' && from.path !== 'lib/identity/lucia-sessions.server.ts') {
		return 'knows the library behind the sessions';
	}
	const isKit = framework.test(specifier);
	if (from.ring === 'outside') {
		const isRoute = /^(routes\/|hooks\.|demonstration\/)/.test(from.path);
		if (isRoute && specifier.startsWith('drizzle-orm')) return 'reaches past a capability';
		const isComposed = /^(startup|finishing|retention)\.server\.ts$|^demonstration\//.test(
			from.path
		);
		return isComposed && isKit ? 'knows the framework' : undefined;
	}
	if (from.ring !== 'ui' && isKit) return 'knows the framework';
	if (from.capability === 'server') return undefined;
	const { pure, server, ui } = libraries[from.capability] ?? {};
	const isAllowed =
		pure?.test(specifier) ||
		(from.ring === 'server' && (inServer.test(specifier) || server?.test(specifier))) ||
		(from.ring === 'ui' && (inUi.test(specifier) || ui?.test(specifier)));
	return isAllowed ? undefined : `imports a library that is not for ${from.ring} files there`;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
	.map((file) => file.replaceAll('\\', '/'))
	.filter((file) => /\.(ts|svelte|mjs)$/.test(file) && !file.startsWith('lib/ui/messages/'));

test('every file keeps to its place', () => {
	expect(files.length).toBeGreaterThan(50);
	const broken = files.flatMap((file) =>
		violations(file, readFileSync(join('src', file), 'utf8')).map((each) => `${file} ${each}`)
	);
	expect(broken).toEqual([]);
});

test('the library behind the sessions is known to exactly one file', () => {
	const knowing = files.filter((file) =>
		importsOf(readFileSync(join('src', file), 'utf8')).includes('lucia')
	);
	expect(knowing).toEqual(['lib/identity/lucia-sessions.server.ts']);
});

describe('is caught:', () => {
	test.each([
		['importing upwards', 'lib/content/course.ts', '#lib/scenario/model.ts'],
		[
			'importing a neighbour',
			'lib/completion/record.server.ts',
			'#lib/practice/progress.server.ts'
		],
		[
			'importing the other neighbour',
			'lib/practice/progress.server.ts',
			'#lib/completion/record.server.ts'
		],
		['practice from above', 'lib/plenary/room.server.ts', '#lib/practice/progress.server.ts'],
		['practice for a leader', 'routes/team/+page.server.ts', '#lib/practice/progress.server.ts'],
		['a learner’s page for a leader', 'routes/team/+page.server.ts', '../learn/home.server.ts'],
		['finishing for somebody else', 'routes/admin/+page.server.ts', '../../finishing.server.ts'],
		['I/O in a pure file', 'lib/content/course.ts', '#lib/content/catalogue.server.ts'],
		['node in a pure file', 'lib/content/course.ts', 'node:fs'],
		['a library of another', 'lib/access/rights.ts', 'xstate'],
		[
			'the server in a component',
			'lib/scenario/ui/Player.svelte',
			'#lib/scenario/library.server.ts'
		],
		['a component on the server', 'lib/content/tree.server.ts', '#lib/ui/Button.svelte'],
		['messages in a pure file', 'lib/content/tree.ts', '#lib/ui/messages/messages.js'],
		['the framework on the server', 'lib/identity/people.server.ts', '@sveltejs/kit'],
		['the framework in plumbing', 'lib/server/log.server.ts', '$app/environment'],
		['the framework at start-up', 'startup.server.ts', 'svelte'],
		['business in plumbing', 'lib/server/mail/mailer.server.ts', '#lib/identity/people.server.ts'],
		['tables in a route', 'routes/team/+page.server.ts', '#lib/identity/tables.server.ts'],
		['queries in a route', 'routes/team/+page.server.ts', 'drizzle-orm'],
		['queries in a hook', 'hooks.server.ts', 'drizzle-orm/pg-core'],
		['a second start', 'routes/+layout.server.ts', '../startup.server.ts'],
		['a second user of lucia', 'lib/identity/people.server.ts', 'lucia'],
		['a route from below', 'lib/identity/people.server.ts', '../../routes/forms.ts'],
		['no extension', 'lib/content/course.ts', '#lib/content/localised'],
		['a way out of a folder', 'lib/scenario/model.ts', '../content/localised.ts'],
		['$lib', 'routes/+page.svelte', '$lib/ui/Button.svelte']
	])('%s', (_, file, specifier) => {
		for (const line of [
			`import { a } from '${specifier}';`,
			`import type {\n\ta,\n\tb\n} from '${specifier}';`,
			`<script lang="ts">import A from "${specifier}";</script>`,
			`import '${specifier}';`,
			`export { a } from '${specifier}';`,
			`const a = await import('${specifier}');`
		]) {
			expect(violations(file, `let x = 1;\n${line}\n`)).toHaveLength(1);
		}
	});

	test.each(['const { learning } = app;', 'read(app.learning, 1);', 'f({ now, learning } = app)'])(
		'%s',
		(line) => {
			expect(violations('routes/team/+page.server.ts', line)).toHaveLength(1);
			expect(violations('routes/learn/+page.server.ts', line)).toEqual([]);
		}
	);

	test.each([
		'lib/content/index.ts',
		'lib/content/utils.ts',
		'lib/content/helpers.server.ts',
		'lib/identity/types.ts',
		'lib/content/CourseFile.ts',
		'lib/ui/button.svelte'
	])('a file called %s', (file) => {
		expect(violations(file, '')).toHaveLength(1);
	});
});

test.each([
	['lib/scenario/model.ts', '#lib/content/localised.ts'],
	['lib/scenario/ui/Player.svelte', '../model.ts'],
	['lib/identity/people.server.ts', '#lib/server/db/store.ts'],
	['lib/notifications/texts.server.ts', '#lib/ui/messages/messages.js'],
	['lib/practice/progress.server.ts', '#lib/time.ts'],
	['finishing.server.ts', '#lib/practice/progress.server.ts'],
	['routes/learn/+page.server.ts', '../../finishing.server.ts'],
	['routes/learn/+page.server.ts', './$types'],
	['hooks.server.ts', './startup.server.ts']
])('%s may import %s', (file, specifier) => {
	expect(violations(file, `import { a } from '${specifier}';`)).toEqual([]);
});

/** `npm run admin -- create`: the first administrator of an installation that is no demonstration. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { createAdministrator, type Created } from '#lib/workplaces/first-administrator.server.ts';
import { enterFolder } from '#lib/server/backup/enter-folder.server.ts';
import { readEnvironment, type Environment } from '#lib/server/environment.server.ts';
import { closeStores, openInstallation } from '#lib/server/db/stores.server.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { StartRefused } from '#lib/server/start-refused.ts';
import { dayOf } from '#lib/time.ts';
import { explainStore } from './store-words.ts';

const usage =
	'Usage: npm run admin -- create --email ADDRESS --name "FULL NAME" [--organisation "NAME"]';

const wanted = v.strictObject({
	email: v.pipe(
		v.string('--email is missing.'),
		v.trim(),
		v.regex(
			/^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+\.[^\s@<>()[\],;:"\\]+$/,
			'--email must be one address, such as kim@kommune.example.'
		),
		v.maxLength(254, '--email is too long.')
	),
	name: v.pipe(
		v.string('--name is missing.'),
		v.trim(),
		v.nonEmpty('--name must not be empty.'),
		v.maxLength(200, '--name is too long.')
	),
	organisation: v.optional(
		v.pipe(
			v.string(),
			v.trim(),
			v.nonEmpty('--organisation must not be empty.'),
			v.maxLength(200, '--organisation is too long.')
		)
	)
});

/** The arguments make no sense; the sentence says which. */
class Misused extends Error {
	override readonly name = 'Misused';
}

type Wanted = v.InferOutput<typeof wanted>;

try {
	const input = readArguments(process.argv.slice(2));
	const environment = readEnvironment(process.env);
	for (const line of tell(await create(environment, input), input)) console.log(line);
} catch (thrown) {
	const { sentences, code } = explain(thrown);
	for (const sentence of sentences) console.error(sentence);
	process.exit(code);
}

function readArguments(given: string[]): Wanted {
	const options = { type: 'string' } as const;
	let parsed;
	try {
		parsed = parseArgs({
			args: given,
			allowPositionals: true,
			options: { email: options, name: options, organisation: options }
		});
	} catch (cause) {
		throw new Misused(`${(cause as Error).message}\n${usage}`, { cause }); // parseArgs throws nothing else
	}
	const [command, ...rest] = parsed.positionals;
	if (command !== 'create' || rest.length > 0) throw new Misused(usage);
	const { success, output, issues } = v.safeParse(wanted, {
		email: undefined,
		name: undefined,
		...parsed.values
	});
	if (success) return output;
	throw new Misused([...issues.map(({ message }) => message), usage].join('\n'));
}

async function create(environment: Environment, input: Wanted): Promise<Created> {
	const leave = enterFolder(environment.dataDir);
	try {
		const stores = await openInstallation(environment, resolve('drizzle'));
		try {
			return await createAdministrator(stores.platform, { ...input, now: new Date() });
		} finally {
			await closeStores(stores);
		}
	} finally {
		leave();
	}
}

function tell(created: Created, { email, name }: Wanted): string[] {
	switch (created.outcome) {
		case 'demonstration':
			throw new StartRefused(
				'DATA_DIR holds the demonstration, which has its administrator. Choose another DATA_DIR, and start with DEMO=0.'
			);
		case 'there-is-one':
			throw new StartRefused(
				'There is an administrator already. They add others under /admin; who has forgotten their password asks for a new one under /forgotten.'
			);
		case 'other-organisation':
			throw new StartRefused(
				`The organisation here is called “${created.name}”. Leave --organisation out, or write it so.`
			);
		case 'closed':
			throw new StartRefused(`The access of ${email} has ended. Choose another address.`);
		case 'created': {
			const { origin } = readEnvironment(process.env);
			return [
				`${name} administers ${created.organisation} now.`,
				'This link lets them in once, to choose a password:',
				'',
				`  ${origin}/invitations/${created.token}`,
				'',
				`It works until ${dayOf(created.expiresAt)}. Whoever holds it gets in: hand it over in person, or on a channel you trust.`
			];
		}
	}
}

function explain(thrown: unknown): { sentences: readonly string[]; code: number } {
	if (thrown instanceof Misused) return { sentences: [thrown.message], code: 2 };
	if (thrown instanceof StartRefused) return { sentences: thrown.sentences, code: 1 };
	if (thrown instanceof StoreUnavailable) return { sentences: [explainStore(thrown)], code: 1 };
	return { sentences: [`This did not work: ${String(thrown)}`], code: 1 };
}

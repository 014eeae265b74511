import type { App } from '#lib/app.ts';
import type { Role } from '#lib/access/roles.ts';
import {
	insertCourseCompletion,
	insertModuleCompletion,
	type CompletionSource
} from '#lib/completion/completions.server.ts';
import type { Course, Module } from '#lib/content/course.ts';
import { newId } from '#lib/id.ts';
import { hashPassword } from '#lib/identity/password.server.ts';
import { insertOrganisation, insertPerson, setPassword } from '#lib/identity/people.server.ts';
import { fold } from '#lib/identity/fold.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { addDays, dayOf } from '#lib/time.ts';
import { addMember, grantRole, insertWorkplace } from '#lib/workplaces/tree.server.ts';
import { demonstrationAccounts, demonstrationPassword, type Progress } from './accounts.ts';
import { department, houses, municipality } from './houses.ts';

/** How far somebody has come, and how many days ago they took the last step. */
interface History {
	progress: Progress;
	daysAgo: number;
}

/** What months of ordinary life leave behind: a theme day in spring, a slow summer, newcomers since. */
const histories: readonly History[] = [
	{ progress: 'all', daysAgo: 171 },
	{ progress: 'all', daysAgo: 170 },
	{ progress: 'none', daysAgo: 0 },
	{ progress: 'all', daysAgo: 149 },
	{ progress: 'some', daysAgo: 96 },
	{ progress: 'all', daysAgo: 122 },
	{ progress: 'none', daysAgo: 0 },
	{ progress: 'all', daysAgo: 64 },
	{ progress: 'some', daysAgo: 33 },
	{ progress: 'all', daysAgo: 41 },
	{ progress: 'none', daysAgo: 0 },
	{ progress: 'all', daysAgo: 12 },
	{ progress: 'some', daysAgo: 5 }
];

/**
 * Fills empty stores with the demonstration municipality: three houses, some forty-five people in
 * all roles, and months of completions. All of it or nothing.
 */
export async function loadDemonstration(app: App): Promise<void> {
	const hashes = new Map<string, string>();
	for (const { email } of demonstrationAccounts)
		hashes.set(email, await hashPassword(demonstrationPassword));

	await app.db.write(async (tx) => {
		const organisation = newId();
		await insertOrganisation(tx, {
			id: organisation,
			name: municipality,
			createdAt: app.now(),
			isDemonstration: true
		});
		const place = async (name: string, parent: string | null, setting: string | null) => {
			const id = newId();
			await insertWorkplace(tx, { id, organisation, parent, name, setting });
			return id;
		};
		const top = await place(municipality, null, null);
		const area = await place(department, top, null);
		const placeOf = new Map<string | null, string>([[null, area]]);
		for (const { key, name, setting } of houses) placeOf.set(key, await place(name, area, setting));

		const settle = async (
			who: { name: string; email: string; role: Role },
			workplace: string,
			history: History
		) => {
			const person = newId();
			const { name, email, role } = who;
			await insertPerson(tx, { id: person, organisation, name, email, locale: null });
			await addMember(tx, workplace, person);
			// Who administers, administers the whole municipality.
			const at = role === 'administrator' ? top : workplace;
			if (role !== 'staff') await grantRole(tx, { id: newId(), person, role, workplace: at });
			await writeHistory(app, tx, person, history);
			return person;
		};

		for (const [index, account] of demonstrationAccounts.entries()) {
			const workplace = placeOf.get(account.house) ?? area;
			const person = await settle(account, workplace, {
				progress: account.progress,
				daysAgo: 30 + 11 * index
			});
			await setPassword(tx, person, hashes.get(account.email) ?? '');
		}
		let count = 0;
		for (const house of houses) {
			const workplace = placeOf.get(house.key) ?? area;
			for (const name of [house.leader, ...house.staff]) {
				const role: Role =
					name === house.leader ? 'leader' : count % 13 === 5 ? 'key-staff' : 'staff';
				const history = histories[count % histories.length] ?? { progress: 'none', daysAgo: 0 };
				const email = `${fold(name).replace(/[^a-z]+/g, '.')}@fjordby.example`;
				await settle({ name, email, role }, workplace, history);
				count += 1;
			}
		}
	});
}

/** Left over after a theme day: to be done by oneself. */
const leftOver = new Set(['what-is-trauma', 'when-it-heats-up']);

function chooseModules({ modules }: Course, progress: Progress): readonly Module[] {
	if (progress === 'all') return modules;
	if (progress === 'some') return modules.slice(0, 1);
	return modules.filter(({ slug }) => progress === 'theme-day' && !leftOver.has(slug));
}

async function writeHistory(
	app: App,
	tx: Writer,
	person: string,
	{ progress, daysAgo }: History
): Promise<void> {
	const course = app.library.catalogue.courses.find(({ slug }) => slug === 'basic');
	if (!course || progress === 'none') return;
	const modules = chooseModules(course, progress);
	const today = dayOf(app.now());
	const source: CompletionSource = progress === 'theme-day' ? 'attended' : 'learned';
	const shared = { person, course: course.slug, version: course.version, source, cycle: 1 };
	for (const [index, { slug }] of modules.entries()) {
		// A theme day is one day; by oneself, a module takes its time.
		const before = source === 'attended' ? 0 : 6 * (modules.length - 1 - index);
		const day = addDays(today, -daysAgo - before);
		await insertModuleCompletion(tx, { ...shared, module: slug, day });
	}
	if (progress === 'all') {
		await insertCourseCompletion(tx, { ...shared, by: 'course', day: addDays(today, -daysAgo) });
	}
}

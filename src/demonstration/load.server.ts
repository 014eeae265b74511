import type { App } from '#lib/app.ts';
import type { Role } from '#lib/access/roles.ts';
import { addToDraft, tellOf } from '#lib/authoring/draft-people.server.ts';
import { encode, insertDraft } from '#lib/authoring/drafts.server.ts';
import { insertAssignment } from '#lib/completion/assignments.server.ts';
import {
	insertCourseCompletion,
	insertModuleCompletion,
	type CompletionSource
} from '#lib/completion/completions.server.ts';
import { insertCredit } from '#lib/completion/credits.server.ts';
import { writePastMonths } from '#lib/completion/past-months.server.ts';
import { findRenewal, type By } from '#lib/completion/renewal.ts';
import { recommendRules, type RuleDraft } from '#lib/completion/rule.ts';
import { writeRule } from '#lib/completion/rules.server.ts';
import { insertWaiver } from '#lib/completion/waivers.server.ts';
import type { Course, Module } from '#lib/content/course.ts';
import { newId } from '#lib/id.ts';
import { hashPassword } from '#lib/identity/password.server.ts';
import { insertOrganisation, insertPerson, setPassword } from '#lib/identity/people.server.ts';
import { fold } from '#lib/identity/fold.ts';
import { fillHouse, fillSession } from '#lib/plenary/fill.server.ts';
import { momentOf } from '#lib/plenary/when.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { addDays, dayOf } from '#lib/time.ts';
import { writeFields } from '#lib/scenario/written.ts';
import { insertAbsence } from '#lib/workplaces/absences.server.ts';
import { addMember, grantRole, insertWorkplace } from '#lib/workplaces/tree.server.ts';
import { demonstrationAccounts, demonstrationPassword, type Progress } from './accounts.ts';
import { beginDemonstrationDraft } from './draft.ts';
import { histories, makeHistory, type History } from './histories.ts';
import { department, houses, municipality } from './houses.ts';
import { agreed, heldSession, plannedSession } from './sessions.ts';

/**
 * Fills empty stores with the demonstration municipality: three houses, some forty-five people in
 * all roles, the rules that the courses recommend, and months of completions. All of it or nothing.
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

		const rules = recommendRules(app.library.catalogue.courses, top).map((rule) => ({
			...rule,
			id: newId()
		}));
		const madeOn = addDays(dayOf(app.now()), -rulesMade);
		for (const rule of rules) await writeRule(tx, { ...rule, organisation, madeOn, madeBy: null });

		const settle = async (
			who: { name: string; email: string; role: Role; isInContact: boolean },
			workplace: string,
			history: History
		) => {
			const person = newId();
			const { name, email, role, isInContact } = who;
			await insertPerson(tx, { id: person, organisation, name, email, locale: null });
			await addMember(tx, workplace, person);
			// Who administers, administers the whole municipality.
			const at = role === 'administrator' ? top : workplace;
			if (role !== 'staff') await grantRole(tx, { id: newId(), person, role, workplace: at });
			if (isInContact)
				await grantRole(tx, { id: newId(), person, role: 'contact-staff', workplace });
			const is = new Set<Role>(['staff', role, ...(isInContact ? ['contact-staff' as const] : [])]);
			const asking = rules.filter((rule) => is.has(rule.role));
			await writeHistory(app, tx, { person, asking, history });
			return person;
		};

		const personOf = new Map<string, string>();
		for (const [index, account] of demonstrationAccounts.entries()) {
			const workplace = placeOf.get(account.house) ?? area;
			const who = { ...account, isInContact: account.role === 'staff' };
			const person = await settle(who, workplace, makeHistory(account.progress, index));
			await setPassword(tx, person, hashes.get(account.email) ?? '');
			personOf.set(account.email, person);
		}
		await writeSessions(app, tx, {
			organisation,
			workplace: placeOf.get('lanternen') ?? area,
			facilitator: personOf.get('key@demo.example') ?? '',
			learner: personOf.get('staff@demo.example') ?? ''
		});
		await writeDraft(app, tx, {
			organisation,
			owner: personOf.get('peer@demo.example') ?? '',
			other: personOf.get('peer2@demo.example') ?? ''
		});
		let count = 0;
		for (const house of houses) {
			const workplace = placeOf.get(house.key) ?? area;
			for (const name of [house.leader, ...house.staff]) {
				const role: Role =
					name === house.leader ? 'leader' : count % 13 === 5 ? 'key-staff' : 'staff';
				const history = histories[count % histories.length] ?? makeHistory('none', 0);
				const isInContact = role === 'staff' && count % 3 !== 0;
				const email = `${fold(name).replace(/[^a-z]+/g, '.')}@fjordby.example`;
				await settle({ name, email, role, isInContact }, workplace, history);
				count += 1;
			}
		}
		await writePastMonths(tx, app.library.catalogue, dayOf(app.now()), monthsBack);
	});
}

/** What the house has held, what it agreed there, and what it has planned. */
async function writeSessions(
	app: App,
	tx: Writer,
	who: { organisation: string; workplace: string; facilitator: string; learner: string }
): Promise<void> {
	const now = app.now();
	const today = dayOf(now);
	const { learner, ...of } = who;
	const basic = app.library.catalogue.course('basic');
	const together = basic ? chooseModules(basic, 'theme-day') : [];
	const { daysAgo } = makeHistory('theme-day', 0);
	const heldOn = addDays(today, -daysAgo);
	const held = await fillSession(
		tx,
		{
			...of,
			kind: 'theme-day',
			title: heldSession.title,
			place: heldSession.place,
			scenario: null,
			modules: together.map(({ slug }) => `basic/${slug}`),
			startsAt: momentOf(heldOn, heldSession.time),
			isHeld: true,
			present: [learner, who.facilitator]
		},
		now
	);
	const { hereWe, contacts, change } = agreed;
	const due = addDays(heldOn, change.dueAfter);
	await fillHouse(
		tx,
		{ id: held, workplace: who.workplace },
		{ hereWe, contacts, change: { body: change.body, owner: change.owner, due } },
		heldOn
	);
	const story = app.library.scenario('reception-full-house');
	await fillSession(
		tx,
		{
			...of,
			kind: 'exercise',
			title: plannedSession.title,
			place: plannedSession.place,
			scenario: story?.slug ?? null,
			modules: basic?.modules.some(({ slug }) => slug === 'when-it-heats-up')
				? ['basic/when-it-heats-up']
				: [],
			startsAt: momentOf(addDays(today, plannedSession.inDays), plannedSession.time),
			isHeld: false,
			present: []
		},
		now
	);
}

/** A story in writing: its owner has said how they want to be told, the other has still to say so. */
async function writeDraft(
	app: App,
	tx: Writer,
	{ organisation, owner, other }: { organisation: string; owner: string; other: string }
): Promise<void> {
	const id = newId();
	const update = encode(writeFields(beginDemonstrationDraft()));
	const at = app.now();
	await insertDraft(tx, { id, organisation, owner, begunFrom: null, at, update });
	await addToDraft(tx, id, other, 'co-author');
	await tellOf(tx, id, owner, {
		voice: 'lived-experience',
		penName: 'Solsort',
		consentedOn: dayOf(at)
	});
}

/** How many months before this one the curves begin. */
const monthsBack = 9;

/** Left over after a theme day: to be done by oneself. */
const leftOver = new Set(['what-is-trauma', 'when-it-heats-up']);

function chooseModules({ modules }: Course, progress: Progress): readonly Module[] {
	if (progress === 'all') return modules;
	if (progress === 'some') return modules.slice(0, 1);
	return modules.filter(({ slug }) => progress === 'theme-day' && !leftOver.has(slug));
}

/** Days ago on which the rules were made. */
const rulesMade = 300;

/** The basic track is asked of everybody who comes; the others followed some weeks ago. */
const othersAsked = 25;

interface Behind {
	person: string;
	/** The rules that reach them. */
	asking: readonly (RuleDraft & { id: string })[];
	history: History;
}

async function writeHistory(app: App, tx: Writer, behind: Behind): Promise<void> {
	const { person, history } = behind;
	const today = dayOf(app.now());
	const day = (ago: number) => addDays(today, -ago);
	const { away, waived, credited, refreshed, practised } = history;
	const daysOf = ({ from, until }: { from: number; until: number | null }) => ({
		fromDay: day(-from),
		untilDay: until === null ? null : day(-until)
	});
	const common = { person, madeBy: null };
	if (away) await insertAbsence(tx, { id: newId(), person, ...daysOf(away) });
	for (const rule of behind.asking) {
		const isBasic = rule.course === 'basic';
		const asked = isBasic ? history.asked : Math.min(history.asked, othersAsked);
		const hasPractised = rule.course === 'practice' && practised !== undefined;
		await askFor(tx, person, rule, day(hasPractised ? practised + 40 : asked));
	}
	const { catalogue } = app.library;
	const basic = catalogue.course('basic');
	if (!basic) return;
	const done = { person, course: basic.slug, version: basic.version };
	if (waived) {
		const madeOn = daysOf(waived).fromDay;
		const { reason } = waived;
		const waiver = { id: newId(), course: basic.slug, reason, madeOn };
		await insertWaiver(tx, { ...waiver, ...common, ...daysOf(waived) });
	}
	if (credited) {
		const credit = { id: newId(), course: basic.slug, cycle: 1, organiser: credited.organiser };
		const when = { day: day(credited.daysAgo), madeOn: day(history.asked - 1) };
		await insertCredit(tx, { ...credit, ...common, ...when });
		const completion = { ...done, cycle: 1, source: 'credited', by: 'course' } as const;
		await insertCourseCompletion(tx, { ...completion, day: day(credited.daysAgo) });
	}
	await writeProgress(tx, done, chooseModules(basic, history.progress), {
		isAttended: history.progress === 'theme-day',
		isWhole: history.progress === 'all',
		lastDay: day(history.daysAgo)
	});
	const practice = catalogue.course('practice');
	const isAskedToPractise = behind.asking.some(({ course }) => course === 'practice');
	if (practice && isAskedToPractise && practised !== undefined)
		await writeProgress(
			tx,
			{ person, course: practice.slug, version: practice.version },
			practice.modules,
			{ isAttended: false, isWhole: true, lastDay: day(practised) }
		);
	const rule = behind.asking.find(({ course }) => course === basic.slug);
	if (refreshed === undefined || !basic.refresher || !rule) return;
	const span = findRenewal(day(history.daysAgo), rule.terms);
	if (!span) return;
	await askFor(tx, person, rule, span.opensOn, { cycle: 2, by: 'refresher', dueOn: span.dueOn });
	const renewal = { ...done, source: 'learned', cycle: 2, day: day(refreshed) } as const;
	await insertModuleCompletion(tx, { ...renewal, module: basic.refresher.slug });
	await insertCourseCompletion(tx, { ...renewal, by: 'refresher' });
}

/** Freezes what a rule asked of somebody on a day that lies behind. */
async function askFor(
	tx: Writer,
	person: string,
	rule: RuleDraft & { id: string },
	assignedOn: string,
	{ cycle, by, dueOn }: { cycle: number; by: By; dueOn?: string } = { cycle: 1, by: 'course' }
): Promise<void> {
	await insertAssignment(tx, person, {
		id: newId(),
		course: rule.course,
		cycle,
		rule: rule.id,
		origin: 'rule',
		by,
		assignedOn,
		dueOn: dueOn ?? addDays(assignedOn, rule.terms.dueDays),
		terms: rule.terms,
		endedOn: null
	});
}

async function writeProgress(
	tx: Writer,
	done: { person: string; course: string; version: string },
	modules: readonly Module[],
	{ isAttended, isWhole, lastDay }: { isAttended: boolean; isWhole: boolean; lastDay: string }
): Promise<void> {
	const source: CompletionSource = isAttended ? 'attended' : 'learned';
	const shared = { ...done, source, cycle: 1 };
	for (const [index, { slug }] of modules.entries()) {
		// A theme day is one day; by oneself, a module takes its time.
		const before = isAttended ? 0 : 6 * (modules.length - 1 - index);
		await insertModuleCompletion(tx, { ...shared, module: slug, day: addDays(lastDay, -before) });
	}
	if (isWhole) await insertCourseCompletion(tx, { ...shared, by: 'course', day: lastDay });
}

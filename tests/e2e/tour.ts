import { expect } from '@playwright/test';
import { checkOf, repairing, whatIsTrauma } from './content.ts';
import type { Account, Visitor } from './visitor.ts';

const trauma = '/learn/basic/what-is-trauma';
const heat = '/learn/basic/when-it-heats-up';
const story = '/scenarios/reception-full-house';

type Walk = (visitor: Visitor) => AsyncGenerator<string>;

/**
 * Every page there is and every face it has, by who goes there. Each walk begins signed out on a platform
 * of its own, and says where it is.
 */
const walks = {
	anybody: goWhereAnybodyMay,
	learners: signedIn('staff', goWhereLearnersMay),
	players: signedIn('staff', playAStory, takeARefresher),
	'key-staff': signedIn('key', goWhereKeyStaffMay),
	leaders: signedIn('leader', goWhereLeadersMay),
	authors: signedIn('peer', goWhereAuthorsMay),
	administrators: signedIn('admin', goWhereAdministratorsMay)
} satisfies Record<string, Walk>;

export type WhoGoes = keyof typeof walks;
export const whoGo = Object.keys(walks) as WhoGoes[]; // its keys

/** Goes one of the walks; where it says that it is somewhere, the page is there with all that belongs to it. */
export async function* goAs(who: WhoGoes, visitor: Visitor): AsyncGenerator<string> {
	for await (const place of walks[who](visitor)) {
		await visitor.settle();
		yield place;
	}
}

function signedIn(account: Account, ...parts: readonly Walk[]): Walk {
	return async function* (visitor) {
		await visitor.signIn(account);
		for (const walk of parts) yield* walk(visitor);
	};
}

async function* goWhereAuthorsMay(visitor: Visitor): AsyncGenerator<string> {
	const { say } = visitor;
	for (const [name, address] of [
		['author', '/author'],
		['author-care', '/author/care'],
		['author-pause', '/author/pause?back=/author'],
		['author-new', '/author/new'],
		['author-guided', '/author/new/guided'],
		['author-forgotten', '/me/data/authorship']
	] as const) {
		await visitor.open(address);
		yield name;
	}
	await visitor.open('/author/new/guided');
	await visitor.page
		.getByLabel(say('author_guided_place'))
		.fill('Ved bordet sidder Ib, 131170-2221.');
	await visitor.press(visitor.button(say('author_guided_next')));
	await expect(visitor.heading(say('held_title'))).toBeVisible();
	yield 'held';
	// From here on the same text is not asked about again.
	await visitor.press(visitor.button(say('held_send_anyway')));
	await expect(visitor.heading(say('author_guided_who'))).toBeVisible();
	yield 'author-guided-who';
	await visitor.press(visitor.button(say('author_guided_to_look')));
	await expect(visitor.heading(say('author_guided_look'))).toBeVisible();
	yield 'author-guided-look';
	await visitor.open('/author');
	await visitor.press(visitor.link(new RegExp(`^${say('author_people_title')}`)).first());
	await expect(visitor.heading(say('author_people_title'))).toBeVisible();
	yield 'author-people';
	await visitor.press(visitor.button(say('author_link_button')));
	await expect(visitor.page.getByText(say('author_link_once'))).toBeVisible();
	yield 'author-link';
	const address = (await visitor.page.getByText('/author/invitations/').textContent()) ?? '';
	await visitor.open(new URL(address.trim()).pathname);
	yield 'author-join';
	await visitor.open('/author');
	await visitor.press(visitor.link(new RegExp(`^${say('author_files_title')}`)).first());
	await expect(visitor.heading(say('author_files_title'))).toBeVisible();
	yield 'author-files';
	await visitor.press(visitor.page.locator('a[href*="/print?language=da"]'));
	await expect(visitor.heading('Posten, der ikke kom')).toBeVisible();
	yield 'author-print';
	await visitor.open('/author');
	const ofPeople = visitor.link(new RegExp(`^${say('author_people_title')}`)).first();
	const draft = ((await ofPeople.getAttribute('href')) ?? '').replace(/\/people$/, '');
	for (const [name, address] of [
		['author-review', `${draft}/review`],
		['author-versions', `${draft}/versions`],
		['author-keys', '/author/keys'],
		['own-texts', '/me/texts']
	] as const) {
		await visitor.open(address);
		yield name;
	}
}

async function* goWhereAnybodyMay(visitor: Visitor): AsyncGenerator<string> {
	for (const [name, address] of [
		['front', '/'],
		['sign-in', '/sign-in'],
		['sign-in-by-code', '/sign-in/code'],
		['sign-in-by-passkey', '/sign-in/passkey'],
		['forgotten', '/forgotten'],
		['link-over', '/invitations/forged'],
		['help', '/help'],
		['privacy', '/privacy'],
		['accessibility', '/accessibility'],
		['away', '/away'],
		['certificate-look-up', '/certificates'],
		['join', '/join'],
		['certificate-unknown', '/certificates/7K3M-PQ9X-2HTV'],
		['missing', '/nowhere']
	] as const) {
		await visitor.open(address);
		yield name;
	}
	await visitor.open('/sign-in');
	await visitor.page.getByLabel(visitor.say('sign_in_name')).fill('nobody@demo.example');
	await visitor.page.getByLabel(visitor.say('sign_in_password'), { exact: true }).fill('wrong');
	await visitor.press(visitor.button(visitor.say('sign_in_button')));
	await expect(visitor.page.getByText(visitor.say('sign_in_refused'))).toBeVisible();
	yield 'sign-in-refused';
}

async function* goWhereLearnersMay(visitor: Visitor): AsyncGenerator<string> {
	for (const [name, address] of [
		['home', '/'],
		['me', '/me'],
		['attendance', '/me/attendance'],
		['certificates', '/me/certificates'],
		['transcript', '/me/transcript'],
		['my-data', '/me/data'],
		['erase', '/me/data/erase'],
		['modules', '/learn'],
		['course', '/learn/basic'],
		['course-to-choose', '/learn/peer'],
		['framework', '/framework'],
		['toolbox', '/toolbox'],
		['evidence', '/evidence'],
		['note', trauma],
		['short-text', `${trauma}?view=text`],
		['pause-page', `${trauma}?view=pause&step=too-much`],
		['lesson-1', `${trauma}?step=too-much`],
		['lesson-2', `${trauma}?step=hard-to-see`],
		['lesson-3', `${heat}?step=you-first`],
		['lesson-4', `${heat}?step=when-somebody-tells-you`],
		['check-one', `${trauma}?step=same-accident`],
		['check-several', `${heat}?step=told-something-hard`],
		['reflection', `${trauma}?step=first-minutes`],
		['landing', `${heat}?step=one-sentence`],
		['story-in-a-module', `${heat}?step=scenario-1`],
		['story-text-in-a-module', `${heat}?step=scenario-1&scenario=reception-full-house&view=text`],
		['story-note', story],
		['story-text', `${story}?view=text`]
	] as const) {
		await visitor.open(address);
		yield name;
	}
	await visitor.open(`${trauma}?step=same-accident`);
	await visitor.answer(checkOf(whatIsTrauma, 'same-accident'), 1);
	yield 'check-answered';
	await visitor.press(visitor.link(visitor.say('player_pause')));
	await expect(visitor.page.getByRole('dialog')).toBeVisible();
	yield 'pause';
	await visitor.open(heat);
	await visitor.press(visitor.button(visitor.say('player_skip')));
	await expect(visitor.heading(visitor.say('player_finished_title'))).toBeVisible();
	yield 'finished';
	await visitor.open('/');
	yield 'home-under-way';
	for (const [name, address] of [
		['asked-again', '/sign-in/again'],
		['own-password', '/sign-in/password'],
		['own-ways-in', '/me/sign-in'],
		['own-app', '/me/sign-in/app'],
		['refused', '/team']
	] as const) {
		await visitor.open(address);
		yield name;
	}
}

/** One that is made from the story before. */
async function* takeARefresher(visitor: Visitor): AsyncGenerator<string> {
	await visitor.open('/learn/basic/refresher');
	yield 'refresher-choice';
	await visitor.press(visitor.button(visitor.say('refresher_own_start')));
	await expect(visitor.button(visitor.say('player_begin'))).toBeVisible();
	yield 'refresher-encounter';
	await visitor.press(visitor.button(visitor.say('player_begin')));
	await visitor.isAtDecision(1);
	yield 'refresher-story';
	await visitor.open('/learn/basic/refresher/own?step=landing');
	yield 'refresher-landing';
}

async function* playAStory(visitor: Visitor): AsyncGenerator<string> {
	await visitor.open(story);
	await visitor.press(visitor.button(visitor.say('scenario_start')));
	await visitor.isAtDecision(1);
	yield 'story';
	const [first, ...others] = repairing;
	await visitor.choose(first);
	await visitor.isAtDecision(2);
	yield 'story-answered';
	for (const way of others) await visitor.choose(way);
	await expect(visitor.heading(visitor.say('scenario_look_back'), 2)).toBeVisible();
	const decision = visitor.decision(first);
	await visitor.press(decision.locator('summary'));
	yield 'story-look-back';
	await visitor.press(decision.getByRole('button'));
	await visitor.isAtDecision(1);
	yield 'story-trial';
}

async function* goWhereKeyStaffMay(visitor: Visitor): AsyncGenerator<string> {
	const { say } = visitor;
	await visitor.open('/plenary');
	await expect(visitor.link('Plenumøvelse: ingen ledig seng')).toBeVisible();
	yield 'sessions';
	await visitor.open('/plenary/new');
	yield 'session-recipes';
	await visitor.press(visitor.page.locator('a[href*="kind=follow-up"]'));
	await expect(visitor.button(say('plenary_plan_button'))).toBeVisible();
	yield 'session-new';
	await visitor.open('/plenary');
	await visitor.press(visitor.link('Plenumøvelse: ingen ledig seng'));
	await expect(visitor.heading('Plenumøvelse: ingen ledig seng')).toBeVisible();
	yield 'session-plan';
	const session = new URL(visitor.page.url()).pathname;
	for (const [name, address] of [
		['session-edit', `${session}/edit`],
		['session-print', `${session}/print`],
		['session-invitation', `${session}/invitation`],
		['session-codes', `${session}/codes`],
		['session-after-early', `${session}/after`]
	] as const) {
		await visitor.open(address);
		yield name;
	}
	yield* goIntoARoom(visitor, session.replace(/\/plan$/, ''));
	await visitor.open('/plenary');
	await visitor.press(visitor.link('Temadag: første ord'));
	await visitor.press(visitor.link(say('plenary_after')));
	await expect(visitor.page.getByText(say('plenary_word_over'))).toBeVisible();
	yield 'session-after';
	await visitor.press(visitor.link(say('plenary_agreements')));
	await expect(visitor.heading(say('plenary_agreements'))).toBeVisible();
	yield 'agreements';
	await visitor.open(visitor.page.url().replace('/agreements/', '/handover/'));
	yield 'handover';
	for (const [name, address] of [
		['share', '/plenary/share'],
		['share-one', '/plenary/share/basic/what-is-trauma'],
		['lesson-with-agreements', '/learn/key-staff/plenary-exercise?step=hand-out-plenary']
	] as const) {
		await visitor.open(address);
		yield name;
	}
}

/** A rehearsal: the control, the wall and a phone, one after another in the same window. */
async function* goIntoARoom(visitor: Visitor, session: string): AsyncGenerator<string> {
	const { page, say } = visitor;
	await visitor.open(session);
	yield 'room-not-open';
	await visitor.press(visitor.button(say('plenary_rehearse')));
	await expect(page.locator('.digits')).toBeVisible();
	const room = new URL(page.url()).pathname;
	const code = (await page.locator('.digits').innerText()).replace(/\D/g, '');
	const at = { control: room, wall: `${room}/screen`, phone: `/join/${code}` };
	async function* lookAt(stage: string, ...surfaces: (keyof typeof at)[]): AsyncGenerator<string> {
		for (const surface of surfaces) {
			await visitor.open(at[surface]);
			yield `${surface}-${stage}`;
		}
	}
	const goOn = async (...buttons: Parameters<typeof say>[0][]) => {
		await visitor.open(room);
		const view = page.locator('[data-view]');
		for (const button of buttons) {
			const before = (await view.getAttribute('data-key')) ?? '';
			await visitor.press(visitor.button(say(button)));
			await expect(view).not.toHaveAttribute('data-key', before);
		}
	};
	yield* lookAt('lobby', 'control', 'wall', 'phone');
	await visitor.press(visitor.button(say('join_in_go')));
	await expect(visitor.heading(say('join_lobby'))).toBeVisible();
	await goOn('plenary_next_lobby', 'plenary_next_frame', 'plenary_next_setting');
	yield* lookAt('scene', 'control', 'wall');
	await goOn('plenary_ask');
	yield* lookAt('voting', 'phone');
	await goOn('plenary_reveal');
	yield* lookAt('revealed', 'control', 'wall');
	const ways = page.locator('button[name=move]');
	while (true) {
		await visitor.open(room);
		if ((await ways.count()) === 0) break;
		await visitor.press(ways.first());
		await expect(visitor.heading(say('plenary_stage_consequence'), 2)).toBeVisible();
		await goOn('plenary_next_consequence');
	}
	await goOn('plenary_next_ending');
	yield* lookAt('path', 'control', 'wall');
	await goOn('plenary_next_path');
	await visitor.open(at.phone);
	await page.locator('textarea').fill('Hallo');
	await visitor.press(visitor.button(say('join_suggest_go')));
	await expect(page.locator('.suggestions').getByText('Hallo')).toBeVisible();
	yield 'phone-here';
	yield* lookAt('here', 'control');
	await goOn('plenary_next_here');
	yield* lookAt('change', 'control');
	await goOn('plenary_next_change');
	yield* lookAt('landing', 'control', 'phone');
	await visitor.open(room);
	await visitor.press(visitor.button(say('plenary_end')).first());
	await expect(page).toHaveURL('/plenary');
}

async function* goWhereLeadersMay(visitor: Visitor): AsyncGenerator<string> {
	for (const [name, address] of [
		['team', '/team'],
		['team-in-progress', '/team?state=in-progress&sort=workplace'],
		['team-nobody-found', '/team?q=nobody']
	] as const) {
		await visitor.open(address);
		yield name;
	}
	await visitor.press(visitor.link('Herberget Lanternen'));
	await expect(visitor.link(visitor.say('team_people_alone'))).toBeVisible();
	yield 'team-of-a-house';
	await visitor.press(visitor.link(visitor.say('team_due_title')));
	await expect(visitor.heading(visitor.say('team_due_title'))).toBeVisible();
	yield 'due-in-a-house';
	await visitor.press(visitor.link(visitor.say('team_back')));
	const house = visitor.page.url();
	await visitor.press(visitor.link(visitor.say('coverage_title')));
	await expect(visitor.heading(visitor.say('coverage_levels'), 2)).toBeVisible();
	yield 'coverage-of-a-house';
	await visitor.press(visitor.link(visitor.say('team_back')));
	await visitor.press(visitor.link(visitor.say('snapshots_title')));
	await expect(visitor.heading(visitor.say('snapshots_title'))).toBeVisible();
	yield 'snapshots-of-a-house';
	await visitor.press(visitor.button(visitor.say('snapshots_make')));
	await expect(visitor.heading(visitor.say('snapshot_courses'), 2)).toBeVisible();
	yield 'snapshot-of-a-house';
	await visitor.open(house);
	await visitor.press(visitor.link(visitor.say('team_people_alone')));
	await expect(visitor.heading(visitor.say('team_by_person'))).toBeVisible();
	yield 'people-of-a-house';
	const below = new URL(visitor.page.url()).pathname.replace(/\/people$/, '');
	yield* goWherePlansAre(visitor, below);
	await visitor.open(`${below}/people`);
	await visitor.press(visitor.link('Søren Højlund'));
	await expect(visitor.heading('Søren Højlund')).toBeVisible();
	yield 'person-for-a-leader';
	await visitor.press(visitor.button(visitor.say('people_letter')));
	await expect(visitor.page.getByText(visitor.say('people_letter_once'))).toBeVisible();
	yield 'letter';
	await visitor.press(visitor.link(visitor.say('admin_back')));
	await visitor.press(visitor.link(visitor.say('team_staff_list')));
	await expect(visitor.heading(visitor.say('team_staff_list'))).toBeVisible();
	yield 'staff-of-a-house';
	await visitor.press(visitor.link(visitor.say('team_add')));
	await visitor.press(visitor.button(visitor.say('people_add_button')));
	yield 'new-person-for-a-leader';
}

async function* goWherePlansAre(visitor: Visitor, house: string): AsyncGenerator<string> {
	const { say } = visitor;
	await visitor.open(`${house}/plan`);
	yield 'plan-empty';
	await visitor.press(visitor.button(say('plan_year_button')));
	await expect(visitor.heading(say('plan_add'), 2)).toBeVisible();
	await visitor.press(visitor.page.locator('li details > summary').first());
	yield 'plan-of-a-year';
	await visitor.press(visitor.button(say('plan_feed_make')));
	await expect(visitor.page.getByText(say('plan_feed_once'))).toBeVisible();
	yield 'plan-address';
	await visitor.open(`${house}/remind`);
	yield 'remind';
	await visitor.press(visitor.button(say('remind_preview')).last());
	await expect(visitor.page.getByText(say('remind_preview_what'))).toBeVisible();
	yield 'remind-preview';
	await visitor.press(visitor.page.locator('form[action="?/send"] button'));
	await expect(visitor.page).toHaveURL(/[?&]sent=/);
	yield 'remind-done';
	await visitor.open(`${house}/reminders`);
	yield 'reminders-sent';
}

async function* goWhereAdministratorsMay(visitor: Visitor): AsyncGenerator<string> {
	const { say } = visitor;
	for (const [name, address] of [
		['admin', '/admin'],
		['admin-nothing-found', '/admin?q=nowhere'],
		['admin-people', '/admin/people'],
		['admin-nobody-found', '/admin/people?q=nobody&left=1'],
		['admin-rules', '/admin/rules'],
		['admin-import', '/admin/import'],
		['admin-log', '/admin/audit'],
		['admin-settings', '/admin/settings'],
		['admin-sign-on', '/admin/sign-on'],
		['admin-settings-sure', '/admin/settings?shows=counts#policy']
	] as const) {
		await visitor.open(address);
		yield name;
	}
	await visitor.open('/admin/rules');
	await visitor.press(visitor.link(new RegExp(`^${say('rules_end')}`)).first());
	await expect(visitor.page.getByText(say('rules_end_sure'))).toBeVisible();
	yield 'admin-rule-ending';
	await visitor.press(visitor.link(new RegExp(`^${say('rules_change')}`)).first());
	await visitor.press(visitor.button(say('rules_preview_button')));
	await expect(visitor.page.getByText(say('rules_preview'))).toBeVisible();
	yield 'admin-rule-changing';
	await visitor.open('/admin');
	await visitor.press(visitor.link(/^Herberget Lanternen/));
	await expect(visitor.heading('Herberget Lanternen')).toBeVisible();
	yield 'admin-workplace';
	await visitor.press(visitor.link(say('admin_close_begin')));
	await expect(visitor.page.getByText(say('admin_close_hindered'))).toBeVisible();
	yield 'admin-workplace-closing';
	await visitor.open('/admin/people/new');
	await visitor.page.getByLabel(say('people_name'), { exact: true }).fill('Mette Holm');
	await visitor.page.getByLabel(say('people_email')).fill('leader@demo.example');
	await visitor.press(visitor.button(say('people_add_button')));
	await expect(visitor.page.getByText(say('duplicate_title'))).toBeVisible();
	yield 'admin-person-there-already';
	await visitor.open('/admin/people?q=hojlund');
	await visitor.press(visitor.link('Søren Højlund'));
	await expect(visitor.heading('Søren Højlund')).toBeVisible();
	yield 'admin-person';
	await visitor.press(visitor.link(say('people_leave_begin')));
	await expect(visitor.button(say('people_leave_button'))).toBeVisible();
	yield 'admin-person-leaving';
	await visitor.press(visitor.button(say('people_leave_button')));
	await expect(visitor.page.getByText(say('people_done_left'))).toBeVisible();
	yield 'admin-person-left';
}

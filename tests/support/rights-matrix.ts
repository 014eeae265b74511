import type { Role } from '#lib/access/roles.ts';

/** Who gets in at a route: anybody, everybody who is signed in, or who holds one of these roles. */
export type Entry = 'anybody' | 'signed-in' | readonly Role[];

/** What a route lets whom do. A route that is not here fails the test, and so does an action. */
export interface RouteRights {
	/** Who may look; what they look at belongs to a workplace or a person where `about` says so. */
	look?: Entry;
	/** Who may send each form or request, with one that is whole, so that nothing else refuses it. */
	send?: Readonly<Record<string, { may: Entry; form: Readonly<Record<string, string>> }>>;
	/** The parameter that names what somebody else may not reach; a stranger gets 404. */
	about?: 'workplace' | 'person' | 'import' | 'session' | 'draft';
	/** True where only forms name it: the page shows what is in one's own reach. */
	showsOwn?: boolean;
	/** True where there is nothing to see until one has done something oneself: 404 till then. */
	isEmpty?: boolean;
	/** What comes behind the question mark; `:workplace` and `:person` are filled in. */
	query?: string;
}

const leaders: readonly Role[] = ['leader'];
const administrators: readonly Role[] = ['administrator'];
const editors: readonly Role[] = ['editor'];
const writers: readonly Role[] = ['key-staff', 'peer-supporter', 'editor'];
const forPlans: readonly Role[] = ['leader', 'key-staff'];
const everybody = 'signed-in';
const houses: readonly Role[] = ['leader', 'administrator'];

/** The id of nothing, in forms that are about something else. */
const some = '0190f3a0-0000-7000-8000-000000000000';

/** What may be done to a person, by who may see them at all. */
const withPerson = (may: Entry): RouteRights['send'] => ({
	give: { may, form: { role: 'key-staff', workplace: ':workplace' } },
	withdraw: { may, form: { person: ':person', grant: some } },
	away: { may, form: { id: some, from: '2026-03-14', until: '' } },
	strike: { may, form: { absence: some } },
	waive: {
		may,
		form: { id: some, course: 'basic', reason: 'short-stay', from: '2026-03-14', until: '' }
	},
	unwaive: { may, form: { waiver: some } },
	credit: {
		may,
		form: { id: some, course: 'basic', organiser: 'school', day: '2026-03-14' }
	},
	leave: { may, form: { day: '2026-03-14' } },
	back: { may, form: { workplace: ':workplace' } },
	invite: { may, form: {} },
	letter: { may, form: {} }
});

const facilitators: readonly Role[] = ['key-staff'];

/** A plan that could be kept. */
const plan = {
	title: 'At the hatch',
	day: '2026-03-20',
	time: '14:00',
	minutes: '60',
	place: '',
	locale: 'da',
	scenario: '',
	follows: '',
	coFacilitator: '',
	'pointMinutes[]': '60',
	'pointHeading[]': 'All of it',
	'pointWords[]': ''
} as const;

/** The rights of every route there is (ASVS 8.1.1). */
export const rightsOfRoutes: Readonly<Record<string, RouteRights>> = {
	'/': { look: 'anybody' },
	'/accessibility': { look: 'anybody' },
	'/admin': {
		look: administrators,
		send: {
			add: {
				may: administrators,
				form: { id: some, name: 'House', setting: '', parent: ':workplace' }
			}
		},
		about: 'workplace',
		showsOwn: true
	},
	'/admin/audit': { look: administrators },
	'/admin/import': {
		look: administrators,
		send: {
			upload: { may: administrators, form: {} },
			undo: { may: administrators, form: { import: ':import' } }
		}
	},
	'/admin/import/[import]': {
		look: administrators,
		about: 'import',
		send: {
			apply: { may: administrators, form: {} },
			undo: { may: administrators, form: {} },
			invite: { may: administrators, form: {} }
		}
	},
	'/admin/import/[import]/letters': {
		look: administrators,
		about: 'import',
		send: { default: { may: administrators, form: {} } }
	},
	'/admin/import/examples/[file]': { look: administrators },
	'/admin/people': { look: administrators },
	'/admin/people/[person]': {
		look: administrators,
		about: 'person',
		send: {
			change: {
				may: administrators,
				form: { name: 'Bo', email: '', username: 'bo', employeeId: '', locale: '' }
			},
			move: { may: administrators, form: { join: ':workplace' } },
			resetFactors: { may: administrators, form: {} },
			...withPerson(administrators)
		}
	},
	'/admin/people/new': {
		look: administrators,
		send: {
			default: {
				may: administrators,
				form: {
					id: some,
					name: 'Bo Bo',
					email: '',
					username: '',
					employeeId: '',
					locale: '',
					workplace: ':workplace',
					role: ''
				}
			}
		}
	},
	'/admin/rules': {
		look: administrators,
		about: 'workplace',
		showsOwn: true,
		send: {
			make: {
				may: administrators,
				form: {
					id: some,
					replaces: '',
					role: 'staff',
					workplace: ':workplace',
					course: 'basic',
					dueDays: '30',
					renew: 'months',
					months: '6',
					from: '09',
					until: '10',
					by: 'refresher',
					graceDays: '0'
				}
			},
			end: { may: administrators, form: { rule: some } },
			recommend: { may: administrators, form: { workplace: ':workplace', course: '' } }
		}
	},
	'/admin/sign-on': {
		look: administrators,
		send: {
			decide: { may: administrators, form: { until: '' } },
			keep: {
				may: administrators,
				form: {
					id: some,
					name: 'Work account',
					issuer: 'https://login.example',
					clientId: 'holdepunkt',
					secret: '',
					scopes: '',
					subjectClaim: 'sub',
					employeeClaim: '',
					factorWords: ''
				}
			},
			rule: {
				may: administrators,
				form: { id: some, claim: 'groups', value: 'a', workplace: ':workplace', role: '' }
			},
			unrule: {
				may: administrators,
				form: { id: some, claim: 'groups', value: 'a', workplace: ':workplace', role: '' }
			},
			check: { may: administrators, form: { id: some } },
			remove: { may: administrators, form: { id: some } }
		}
	},
	'/admin/settings': {
		look: administrators,
		send: {
			change: { may: administrators, form: { name: 'Acme', locale: 'da' } },
			decide: { may: administrators, form: { shows: 'counts' } },
			keep: {
				may: administrators,
				form: {
					privateAfterLeaving: '30',
					completions: '1826',
					absences: '365',
					imports: '90',
					houseSessions: '1095'
				}
			}
		}
	},
	'/admin/workplaces/[workplace]': {
		look: administrators,
		about: 'workplace',
		send: {
			change: { may: administrators, form: { name: 'House', setting: '' } },
			move: { may: administrators, form: { parent: some } },
			close: { may: administrators, form: {} },
			reopen: { may: administrators, form: {} },
			withdraw: { may: houses, form: { person: ':person', grant: some } }
		}
	},
	'/author': {
		look: writers,
		about: 'draft',
		showsOwn: true,
		send: { restore: { may: writers, form: { draft: ':draft' } } }
	},
	'/author/archive': { send: { POST: { may: writers, form: {} } } },
	'/author/care': { look: everybody },
	'/author/invitations/[token]': {
		look: writers,
		isEmpty: true,
		send: { default: { may: writers, form: {} } }
	},
	'/author/keys': {
		look: writers,
		send: {
			offer: { may: editors, form: { person: ':person', key: 'subject' } },
			withdraw: { may: editors, form: { person: ':person', key: 'subject' } },
			accept: { may: writers, form: { key: 'subject' } },
			decline: { may: writers, form: { key: 'subject' } }
		}
	},
	'/author/new': {
		look: writers,
		send: {
			blank: { may: writers, form: { id: some, title: 'Mine' } },
			template: { may: writers, form: { id: some, template: 'night' } },
			copy: {
				may: writers,
				form: { id: some, scenario: 'reception-full-house', as: 'new' }
			},
			upload: { may: writers, form: {} }
		}
	},
	'/author/new/guided': {
		look: writers,
		send: { go: { may: writers, form: { id: some, to: 'build' } } }
	},
	'/author/pause': { look: everybody },
	'/author/[scenario]/events': { look: writers, about: 'draft' },
	'/author/[scenario]/presence': {
		about: 'draft',
		send: { POST: { may: writers, form: {} } }
	},
	'/author/[scenario]/updates': {
		look: writers,
		about: 'draft',
		send: { POST: { may: writers, form: {} } }
	},
	'/author/[scenario]/comments': {
		look: writers,
		about: 'draft',
		send: { POST: { may: writers, form: {} } }
	},
	'/author/[scenario]/comments/stream': { look: writers, about: 'draft' },
	'/author/[scenario]': { look: writers, about: 'draft' },
	'/author/[scenario]/files': { look: writers, about: 'draft' },
	'/author/[scenario]/files/[form]': { look: writers, about: 'draft' },
	'/author/[scenario]/people': {
		look: writers,
		about: 'draft',
		send: {
			invite: { may: writers, form: { person: ':person', role: 'co-author' } },
			link: { may: writers, form: { role: 'co-author' } },
			void: { may: writers, form: { link: '0'.repeat(64) } },
			role: { may: writers, form: { person: ':person', role: 'commenter' } },
			remove: { may: writers, form: { person: ':person' } },
			handOver: { may: writers, form: { person: ':person' } },
			own: { may: writers, form: { voice: '', penName: '' } },
			leave: { may: writers, form: {} },
			discard: { may: writers, form: {} }
		}
	},
	'/author/[scenario]/print': { look: writers, about: 'draft' },
	'/author/[scenario]/review': {
		look: writers,
		about: 'draft',
		send: {
			send: { may: writers, form: {} },
			approve: { may: writers, form: { key: 'subject', 'parts[]': 'door=1' } },
			revoke: { may: writers, form: { key: 'subject', part: 'door' } },
			ask: { may: writers, form: {} },
			back: { may: writers, form: {} },
			publish: { may: editors, form: {} },
			comment: { may: writers, form: { id: some, body: 'words' } }
		}
	},
	// Before it was sent there is nothing to walk through.
	'/author/[scenario]/review/tour': { look: writers, about: 'draft', isEmpty: true },
	'/author/[scenario]/versions': {
		look: writers,
		about: 'draft',
		send: {
			restore: { may: writers, form: { id: some, version: '1' } },
			retire: { may: editors, form: {} }
		}
	},
	'/away': { look: 'anybody' },
	'/calendar/[token].ics': { look: 'anybody', isEmpty: true },
	'/certificates': { look: 'anybody' },
	'/certificates/[code]': { look: 'anybody', isEmpty: true },
	'/evidence': { look: everybody },
	'/framework': { look: everybody },
	'/forgotten': {
		look: 'anybody',
		send: { default: { may: 'anybody', form: { name: 'kim' } } }
	},
	'/healthz': { look: 'anybody' },
	'/help': { look: 'anybody' },
	'/invitations/[token]': {
		look: 'anybody',
		isEmpty: true,
		send: { default: { may: 'anybody', form: { password: 'no' } } }
	},
	'/join': { look: 'anybody', send: { default: { may: 'anybody', form: { code: '00000000' } } } },
	'/join/[code]': {
		look: 'anybody',
		isEmpty: true,
		send: {
			join: { may: 'anybody', form: {} },
			vote: { may: 'anybody', form: { round: '1', choice: 'greet' } },
			suggest: { may: 'anybody', form: { words: 'Here we look up' } },
			back: { may: 'anybody', form: { suggestion: some, on: 'on' } }
		}
	},
	'/join/[code]/live': { look: 'anybody' },
	'/language': {
		look: 'anybody',
		send: { default: { may: 'anybody', form: { language: 'da' } } }
	},
	'/learn': { look: everybody },
	'/learn/[course]': {
		look: everybody,
		send: { choose: { may: everybody, form: {} }, undo: { may: everybody, form: {} } }
	},
	'/learn/[course]/[module]': {
		look: everybody,
		send: {
			onward: { may: everybody, form: { step: 'too-much' } },
			answer: { may: everybody, form: { step: 'same-accident' } },
			reflect: { may: everybody, form: { step: 'first-minutes', text: 'words' } },
			task: { may: everybody, form: { step: 'too-much' } },
			skip: { may: everybody, form: {} },
			read: { may: everybody, form: {} },
			begin: { may: everybody, form: { step: 'scenario-1', scenario: 'reception-full-house' } },
			note: {
				may: everybody,
				form: { step: 'scenario-1', scenario: 'reception-full-house', note: 'words' }
			},
			move: {
				may: everybody,
				form: {
					step: 'scenario-1',
					scenario: 'reception-full-house',
					attempt: 'a',
					position: '0',
					move: 'greet'
				}
			}
		}
	},
	// Of a module that is no refresher there is none.
	'/learn/[course]/[module]/own': {
		look: everybody,
		isEmpty: true,
		send: {
			choose: { may: everybody, form: {} },
			onward: { may: everybody, form: { step: 'the-detour' } },
			begin: { may: everybody, form: { step: 'the-detour', scenario: 'the-detour' } },
			note: {
				may: everybody,
				form: { step: 'the-detour', scenario: 'the-detour', note: 'words' }
			},
			move: {
				may: everybody,
				form: {
					step: 'the-detour',
					scenario: 'the-detour',
					attempt: 'a',
					position: '0',
					move: 'tell'
				}
			}
		}
	},
	'/learn/[course]/[module]/task/[task]': {
		look: forPlans,
		about: 'workplace',
		query: 'workplace=:workplace'
	},
	'/me': {
		look: everybody,
		send: {
			end: { may: everybody, form: { session: 'here' } },
			endOthers: { may: everybody, form: {} },
			stopReminders: { may: everybody, form: {} },
			startReminders: { may: everybody, form: {} },
			putAway: { may: everybody, form: { reminder: some, back: '/' } }
		}
	},
	'/me/attendance': {
		look: 'anybody',
		send: {
			word: { may: everybody, form: { word: 'made up' } },
			code: { may: 'anybody', form: { code: '7K3M-PQ9X-2HTV' } }
		}
	},
	'/me/certificates': {
		look: everybody,
		send: {
			make: { may: everybody, form: { course: 'basic' } },
			show: { may: everybody, form: { certificate: some, shows: 'yes' } },
			withdraw: { may: everybody, form: { certificate: some } }
		}
	},
	'/me/certificates/[certificate].pdf': { look: everybody, isEmpty: true },
	'/me/data': { look: everybody },
	'/me/data/authorship': {
		look: everybody,
		send: { default: { may: everybody, form: { sure: 'yes' } } }
	},
	'/me/data/download': { send: { POST: { may: everybody, form: { format: 'json' } } } },
	'/me/data/erase': {
		look: everybody,
		send: { default: { may: everybody, form: { sure: 'yes' } } }
	},
	'/me/sign-in': {
		look: everybody,
		send: {
			makePasskey: { may: everybody, form: { answer: '{}', carried: 'no', name: 'Phone' } },
			renamePasskey: { may: everybody, form: { id: some, name: 'Phone' } },
			removePasskey: { may: everybody, form: { id: some } },
			removeApp: { may: everybody, form: {} },
			renewCodes: { may: everybody, form: {} },
			unlink: { may: everybody, form: { id: some } }
		}
	},
	'/me/sign-in/app': {
		look: everybody,
		send: { default: { may: everybody, form: { carried: 'no', code: '123456' } } }
	},
	'/me/texts': {
		look: everybody,
		send: { withdraw: { may: everybody, form: { slug: 'at-the-door' } } }
	},
	'/me/transcript': { look: everybody },
	'/me/transcript.pdf': { look: everybody },
	'/plenary': { look: facilitators },
	'/plenary/[session]': {
		look: facilitators,
		about: 'session',
		send: {
			open: { may: facilitators, form: {} },
			rehearse: { may: facilitators, form: {} },
			steer: { may: facilitators, form: { step: '0', event: 'next' } },
			choose: { may: facilitators, form: { step: '0', move: 'greet' } },
			look: { may: facilitators, form: { step: '0', choice: 'greet' } },
			reveal: { may: facilitators, form: { step: '0' } },
			note: { may: facilitators, form: { words: 'Here we look up' } },
			tidy: { may: facilitators, form: { suggestion: some, hidden: 'yes' } },
			keep: { may: facilitators, form: { step: '0' } },
			change: { may: facilitators, form: { body: 'A chair', owner: '', due: '' } },
			end: { may: facilitators, form: {} }
		}
	},
	'/plenary/[session]/live': { look: facilitators, about: 'session', query: 'surface=wall' },
	'/plenary/[session]/plan': {
		look: facilitators,
		about: 'session',
		send: {
			cancel: { may: facilitators, form: {} },
			held: { may: facilitators, form: {} },
			tell: { may: facilitators, form: { good: '', next: '' } }
		}
	},
	'/plenary/[session]/plan/after': {
		look: facilitators,
		about: 'session',
		send: { open: { may: facilitators, form: {} } }
	},
	'/plenary/[session]/plan/codes': {
		look: facilitators,
		about: 'session',
		send: { print: { may: facilitators, form: {} } }
	},
	'/plenary/[session]/plan/edit': {
		look: facilitators,
		about: 'session',
		send: { default: { may: facilitators, form: plan } }
	},
	'/plenary/[session]/plan/invitation': {
		look: facilitators,
		about: 'session',
		send: { send: { may: facilitators, form: {} } }
	},
	'/plenary/[session]/plan/print': { look: facilitators, about: 'session' },
	'/plenary/[session]/plan/session.ics': { look: facilitators, about: 'session' },
	'/plenary/[session]/screen': { look: facilitators, about: 'session' },
	'/plenary/agreements': { look: facilitators },
	'/plenary/agreements/[workplace]': {
		look: facilitators,
		about: 'workplace',
		send: {
			add: { may: facilitators, form: { id: some, kind: 'here-we', body: 'We knock' } },
			change: {
				may: facilitators,
				form: { agreement: some, kind: 'here-we', body: '', owner: '', due: '' }
			},
			move: { may: facilitators, form: { agreement: some, way: 'up' } },
			judge: { may: facilitators, form: { agreement: some, outcome: 'held' } },
			contacts: { may: facilitators, form: { 'label[]': '', 'number[]': '' } }
		}
	},
	'/plenary/agreements/[workplace]/poster.pdf': { look: facilitators, about: 'workplace' },
	'/plenary/handover/[workplace]': { look: facilitators, about: 'workplace' },
	'/plenary/new': {
		look: facilitators,
		send: {
			default: {
				may: facilitators,
				form: { ...plan, id: some, kind: 'sparring', workplace: ':workplace' }
			}
		},
		about: 'workplace',
		query: 'house=:workplace'
	},
	'/plenary/share': { look: facilitators },
	'/plenary/share/[course]/[module]': { look: facilitators },
	'/privacy': { look: 'anybody' },
	'/reminders/[token]': {
		look: 'anybody',
		isEmpty: true,
		send: { default: { may: 'anybody', form: {} } }
	},
	'/scenarios/[scenario]': {
		look: everybody,
		send: {
			begin: { may: everybody, form: {} },
			note: { may: everybody, form: { note: 'words' } },
			move: { may: everybody, form: { attempt: 'a', position: '0', move: 'greet' } }
		}
	},
	'/scenarios/[scenario]/compare': { look: everybody, isEmpty: true },
	'/scenarios/[scenario]/moves': {
		look: everybody,
		isEmpty: true,
		query: 'attempt=a',
		send: { POST: { may: everybody, form: {} } }
	},
	'/schemas/scenario-1.json': { look: 'anybody' },
	'/sign-in': {
		look: 'anybody',
		send: {
			password: { may: 'anybody', form: { name: 'kim@acme.example', password: 'no' } },
			demonstration: { may: 'anybody', form: { account: 'nobody' } }
		}
	},
	'/sign-in/again': {
		look: everybody,
		send: {
			password: { may: everybody, form: { password: 'no' } },
			passkey: { may: everybody, form: { answer: '{}', carried: 'no' } }
		}
	},
	'/sign-in/code': {
		look: 'anybody',
		send: {
			find: { may: 'anybody', form: { code: 'no' } },
			enter: { may: 'anybody', form: { code: 'no', password: 'no' } }
		}
	},
	'/sign-in/here': { send: { POST: { may: everybody, form: {} } } },
	'/sign-in/password': {
		look: everybody,
		send: { default: { may: everybody, form: { password: 'no' } } }
	},
	'/sign-in/passkey': {
		look: 'anybody',
		send: { default: { may: 'anybody', form: { answer: '{}', carried: 'no' } } }
	},
	// For who has come half the way; whoever is in goes on, and whoever has not begun begins.
	'/sign-in/step': {
		look: everybody,
		send: {
			code: { may: everybody, form: { code: '123456' } },
			passkey: { may: everybody, form: { answer: '{}', carried: 'no' } },
			setUpApp: { may: everybody, form: { carried: 'no', code: '123456' } },
			setUpPasskey: { may: everybody, form: { answer: '{}', carried: 'no' } }
		}
	},
	// Whoever is in already is sent on, unless it is to show again that it is them.
	'/sign-in/with/[provider]': { look: 'anybody', isEmpty: true, query: 'for=again' },
	'/sign-in/with/[provider]/back': { look: 'anybody', isEmpty: true },
	'/sign-in/with/[provider]/ended': { send: { POST: { may: 'anybody', form: {} } } },
	'/sign-out/there': { look: 'anybody' },
	'/sign-out': { look: 'anybody', send: { default: { may: 'anybody', form: {} } } },
	'/team': { look: leaders },
	'/team/[workplace]': { look: leaders, about: 'workplace' },
	'/team/[workplace]/coverage': { look: leaders, about: 'workplace' },
	'/team/[workplace]/snapshots': {
		look: leaders,
		about: 'workplace',
		send: { default: { may: leaders, form: { id: some } } }
	},
	'/team/[workplace]/snapshots/[snapshot]': { look: leaders, about: 'workplace' },
	'/team/[workplace]/snapshots/[snapshot].csv': { look: leaders, about: 'workplace' },
	'/team/[workplace]/snapshots/[snapshot].pdf': { look: leaders, about: 'workplace' },
	'/team/[workplace]/due': { look: leaders, about: 'workplace' },
	'/team/[workplace]/people': { look: leaders, about: 'workplace' },
	'/team/[workplace]/people/[person]': {
		look: houses,
		about: 'workplace',
		send: withPerson(houses)
	},
	'/team/[workplace]/people/new': {
		look: houses,
		about: 'workplace',
		send: {
			default: { may: houses, form: { id: some, name: 'Bo Bo', email: '', role: '' } }
		}
	},
	'/team/[workplace]/plan': {
		look: forPlans,
		about: 'workplace',
		send: {
			add: {
				may: forPlans,
				form: {
					id: some,
					kind: 'task',
					title: 'A task',
					owner: '',
					onDay: '2026-03-20',
					every: '',
					until: ''
				}
			},
			change: {
				may: forPlans,
				form: { entry: some, revision: '1', title: 'A task', owner: '', onDay: '2026-03-20' }
			},
			done: { may: forPlans, form: { entry: some } },
			undone: { may: forPlans, form: { entry: some } },
			remove: { may: forPlans, form: { entry: some, revision: '1' } },
			restore: { may: forPlans, form: { entry: some } },
			year: { may: forPlans, form: { onDay: '2026-03-20' } },
			makeFeed: { may: forPlans, form: {} },
			stopFeed: { may: forPlans, form: {} }
		}
	},
	'/team/[workplace]/remind': {
		look: leaders,
		about: 'workplace',
		send: {
			preview: { may: leaders, form: { course: 'basic', to: 'all' } },
			send: { may: leaders, form: { course: 'basic', to: 'all' } }
		}
	},
	'/team/[workplace]/reminders': { look: leaders, about: 'workplace' },
	'/team/[workplace]/report.csv': { look: leaders, about: 'workplace' },
	'/team/[workplace]/report.xlsx': { look: leaders, about: 'workplace' },
	'/toolbox': { look: everybody },
	'/team/[workplace]/staff': { look: houses, about: 'workplace' },
	'/was': { look: 'anybody' }
};

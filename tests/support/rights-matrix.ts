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
	about?: 'workplace' | 'person' | 'import';
	/** True where there is nothing to see until one has done something oneself: 404 till then. */
	isEmpty?: boolean;
	/** What comes behind the question mark; `:workplace` and `:person` are filled in. */
	query?: string;
}

const leaders: readonly Role[] = ['leader'];
const administrators: readonly Role[] = ['administrator'];
const forPlans: readonly Role[] = ['leader', 'key-staff'];
const everybody = 'signed-in';

/** The rights of every route there is (ASVS 8.1.1). */
export const rightsOfRoutes: Readonly<Record<string, RouteRights>> = {
	'/': { look: 'anybody' },
	'/accessibility': { look: 'anybody' },
	'/admin/audit': { look: administrators },
	'/away': { look: 'anybody' },
	'/evidence': { look: everybody },
	'/framework': { look: everybody },
	'/healthz': { look: 'anybody' },
	'/help': { look: 'anybody' },
	'/language': {
		look: 'anybody',
		send: { default: { may: 'anybody', form: { language: 'da' } } }
	},
	'/learn': { look: everybody },
	'/learn/[course]': { look: everybody },
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
	'/learn/[course]/[module]/task/[task]': {
		look: forPlans,
		about: 'workplace',
		query: 'workplace=:workplace'
	},
	'/me': { look: everybody },
	'/me/data': { look: everybody },
	'/me/data/download': { send: { POST: { may: everybody, form: { format: 'json' } } } },
	'/me/data/erase': {
		look: everybody,
		send: { default: { may: everybody, form: { sure: 'yes' } } }
	},
	'/privacy': { look: 'anybody' },
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
			password: { may: 'anybody', form: { email: 'kim@acme.example', password: 'no' } },
			demonstration: { may: 'anybody', form: { account: 'nobody' } }
		}
	},
	'/sign-out': { look: 'anybody', send: { default: { may: 'anybody', form: {} } } },
	'/team': { look: leaders },
	'/team/[workplace]': { look: leaders, about: 'workplace' },
	'/team/[workplace]/people': { look: leaders, about: 'workplace' },
	'/team/[workplace]/report.csv': { look: leaders, about: 'workplace' },
	'/toolbox': { look: everybody },
	'/was': { look: 'anybody' }
};

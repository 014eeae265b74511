import { Visitor } from '#tests/support/visitor.ts';
import type { BudgetName } from './budgets.ts';
import type { Ground } from './ground.ts';

/** A page that is measured, for who is signed in and in the middle of a module. */
export interface Page {
	name: 'home' | 'lesson' | 'scenario';
	path: string;
	/** For the rate at which it is sent. */
	budget?: BudgetName;
}

export const pages: readonly Page[] = [
	{ name: 'home', path: '/', budget: 'home' },
	{ name: 'lesson', path: '/learn/basic/when-it-heats-up?step=you-first', budget: 'lesson' },
	{ name: 'scenario', path: '/scenarios/reception-full-house' }
];

/** Somebody who has begun a module and stands at the beginning of the scenario. */
export async function learner(ground: Ground): Promise<Visitor> {
	const { origin } = await ground.serve();
	const visitor = await new Visitor(origin).signIn('staff@demo.example');
	await visitor.submit('/learn/basic/when-it-heats-up?/onward', { step: 'you-first' });
	await visitor.submit('/scenarios/reception-full-house?/begin', {});
	return visitor;
}

import { describe, expect, it } from 'vitest';
import { nameSteps } from './step-names.ts';
import type { StepMark } from './view.ts';

const mark = (kind: StepMark['kind'], title: string | null = null): StepMark => ({
	key: kind,
	kind,
	title,
	behind: false
});

describe('the names of steps', () => {
	it('calls a lesson by its title and everything else by what it is', () => {
		const names = nameSteps([mark('lesson', 'Først dig selv'), mark('check'), mark('landing')]);
		expect(names).toEqual(['Først dig selv', 'Spørgsmål', 'Landing']);
	});

	it('numbers questions where there are several, so that no two steps are called the same', () => {
		const names = nameSteps([mark('check'), mark('lesson', 'Plads'), mark('check')]);
		expect(names).toEqual(['Spørgsmål 1', 'Plads', 'Spørgsmål 2']);
	});
});

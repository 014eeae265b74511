import { expect, test } from 'vitest';
import { findFaults, tidyPerson, type PersonForm } from './person-form.ts';

const mette: PersonForm = {
	name: 'Mette Sørensen',
	email: 'mette@fjordby.example',
	username: '',
	employeeId: 'F-1042',
	locale: 'da'
};

test('a person with a name and an address is in order', () => {
	expect(findFaults(mette)).toEqual({});
});

test.each<[string, Partial<PersonForm>, object]>([
	['no name', { name: '' }, { name: 'name-missing' }],
	['a name without end', { name: 'a'.repeat(121) }, { name: 'too-long' }],
	['half an address', { email: 'mette@' }, { email: 'email-shape' }],
	['two addresses', { email: 'a@b.dk,c@d.dk' }, { email: 'email-shape' }],
	['an address with a line break', { email: 'a@b.dk\nbcc:x@y.dk' }, { email: 'email-shape' }],
	['a user name with a space', { username: 'mette s' }, { username: 'username-shape' }],
	['a user name like an address', { username: 'a@b.dk' }, { username: 'username-shape' }],
	['a CPR number as number', { employeeId: '010190-1234' }, { employeeId: 'cpr' }],
	['a CPR number in the name', { name: 'Mette 0101901234' }, { name: 'cpr' }],
	['a CPR number as user name', { username: '3112991234' }, { username: 'cpr' }]
])('%s is told', (_, change, faults) => {
	expect(findFaults({ ...mette, ...change })).toEqual(faults);
});

test('an employee number of ten figures that is no date is none of the state’s', () => {
	expect(findFaults({ ...mette, employeeId: '9912345678' })).toEqual({});
});

test('what stands around the texts is cut, and addresses are small letters', () => {
	expect(
		tidyPerson({ ...mette, name: ' Mette  Sørensen ', email: ' Mette@Fjordby.Example ' })
	).toEqual({ ...mette, email: 'mette@fjordby.example' });
});

import type { Role } from '#lib/access/roles.ts';

/** The password of every demonstration account; it is open by design and works nowhere else. */
export const demonstrationPassword = 'holdepunkt-demo';

export type Progress = 'none' | 'some' | 'theme-day' | 'all';

export interface DemonstrationAccount {
	email: string;
	name: string;
	/** What the person is, besides staff. */
	role: Role;
	/** Slug of the house they work at; null for who works for the whole municipality. */
	house: 'lanternen' | 'birkehuset' | 'broen' | null;
	/**
	 * Share of the basic track they have finished when the demonstration begins; `theme-day`: what was
	 * gone through together there, so that two modules are left, one of them with a story.
	 */
	progress: Progress;
}

/** The accounts that the contract names, in the order in which the sign-in page offers them. */
export const demonstrationAccounts: readonly DemonstrationAccount[] = [
	{
		email: 'staff@demo.example',
		name: 'Mette Holm',
		role: 'staff',
		house: 'lanternen',
		progress: 'theme-day'
	},
	{
		email: 'key@demo.example',
		name: 'Anders Kjær',
		role: 'key-staff',
		house: 'lanternen',
		progress: 'all'
	},
	{
		email: 'leader@demo.example',
		name: 'Kirsten Winther',
		role: 'leader',
		house: null,
		progress: 'some'
	},
	{
		email: 'peer@demo.example',
		name: 'Nadia Rahimi',
		role: 'peer-supporter',
		house: 'birkehuset',
		progress: 'all'
	},
	{
		email: 'peer2@demo.example',
		name: 'Bo Lykke',
		role: 'peer-supporter',
		house: 'broen',
		progress: 'some'
	},
	{
		email: 'editor@demo.example',
		name: 'Hanne Brandt',
		role: 'editor',
		house: null,
		progress: 'all'
	},
	{
		email: 'admin@demo.example',
		name: 'Peter Storgaard',
		role: 'administrator',
		house: null,
		progress: 'none'
	}
];

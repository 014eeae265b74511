import type { Role } from './roles.ts';

/** A role held at a workplace; it reaches everything below that workplace. */
export interface Grant {
	role: Role;
	workplace: string;
}

/** The signed-in person on whose behalf something is done. */
export interface Actor {
	person: string;
	organisation: string;
	name: string;
	locale: 'da' | 'en' | null;
	grants: readonly Grant[];
}

import type { Role } from '../roles.ts';
import * as m from '#lib/ui/messages/messages.js';

const names: Readonly<Record<Role, () => string>> = {
	staff: m.sign_in_role_staff,
	'contact-staff': m.sign_in_role_contact_staff,
	'key-staff': m.sign_in_role_key_staff,
	leader: m.sign_in_role_leader,
	'peer-supporter': m.sign_in_role_peer_supporter,
	editor: m.sign_in_role_editor,
	administrator: m.sign_in_role_administrator
};

/** A role in words; what is no role of ours stays as it is. */
export function roleName(role: string): string {
	return Object.hasOwn(names, role) ? names[role as Role]() : role;
}

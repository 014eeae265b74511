import type { Actor } from '#lib/access/actor.ts';
import type { Role } from '#lib/access/roles.ts';
import type { App } from '#lib/app.ts';
import { newId } from '#lib/id.ts';
import { insertOrganisation, insertPerson } from '#lib/identity/people.server.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import { addMember, grantRole, insertWorkplace } from '#lib/workplaces/tree.server.ts';

/** A municipality with one area and two houses in it, and a way to add people. */
export interface TestOrganisation {
	id: string;
	top: string;
	north: string;
	south: string;
	hire(name: string, workplace: string, role?: Role, at?: string): Promise<Actor>;
}

export async function makeOrganisation(app: App, name: string): Promise<TestOrganisation> {
	const id = newId();
	const [top, north, south] = [newId(), newId(), newId()];
	await app.db.write(async (tx) => {
		await insertOrganisation(tx, { id, name, createdAt: app.now(), isDemonstration: false });
		const place = { organisation: id, setting: null };
		await insertWorkplace(tx, { ...place, id: top, parent: null, name: `${name} top` });
		await insertWorkplace(tx, { ...place, id: north, parent: top, name: `${name} north` });
		await insertWorkplace(tx, { ...place, id: south, parent: top, name: `${name} south` });
	});
	return {
		id,
		top,
		north,
		south,
		async hire(person, workplace, role = 'staff', at = workplace) {
			const personId = newId();
			await app.db.write(async (tx) => {
				const email = `${personId}@${name.toLowerCase()}.example`;
				await insertPerson(tx, {
					id: personId,
					organisation: id,
					name: person,
					email,
					locale: 'da'
				});
				await addMember(tx, workplace, personId);
				if (role !== 'staff')
					await grantRole(tx, { id: newId(), person: personId, role, workplace: at });
			});
			const actor = await findActor(app.db.read, personId);
			if (!actor) throw new Error('a person who was just hired cannot be found');
			return actor;
		}
	};
}

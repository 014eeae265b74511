import type { Role } from '#lib/access/roles.ts';
import { addDays } from '#lib/time.ts';
import { demonstrationAccounts } from '../accounts.ts';
import { timedId, type Chance } from './chance.ts';
import type { LargePlace } from './places.ts';

/** The open accounts of a large demonstration besides those of every one. */
export const leaderAccounts = [
	{
		email: 'leader-municipality@demo.example',
		name: 'Inge Brokær',
		leads: 'the municipality of some five thousand'
	},
	{ email: 'leader-house@demo.example', name: 'Frode Ellebæk', leads: 'the house of sixty' }
] as const;

/** Somebody who works, or has worked, at a place. */
export interface Post {
	id: string;
	/** Position of the place. */
	place: number;
	/** What they are besides staff. */
	role: Role | null;
	hiredOn: string;
	/** The last day; null for who is there. */
	leftOn: string | null;
	/** Of the open accounts. */
	account: { email: string; name: string } | null;
}

/** How many have left in two years, of a hundred who are there. */
const leftOfHundred = 22;
/** Of a hundred, those who were there when it began. */
const therefromTheStart = 58;
const day = 24 * 60 * 60 * 1000;

/** Who works where, and who has left, in the order of their ids. */
export function fillPosts(
	chance: Chance,
	places: readonly LargePlace[],
	start: string,
	today: string
): Post[] {
	const posts: Post[] = [];
	const days = Math.round((Date.parse(today) - Date.parse(start)) / day);
	const add = (place: number, role: Role | null, hired: number, left: number | null) => {
		const hiredOn = addDays(start, hired);
		const id = timedId(chance, Date.parse(hiredOn) + chance.below(day / 2));
		const leftOn = left === null ? null : addDays(start, left);
		posts.push({ id, place, role, hiredOn, leftOn, account: null });
	};
	for (const [at, place] of places.entries()) {
		for (let seat = 0; seat < place.size; seat += 1) {
			const isOld = seat === 0 || chance.percent(therefromTheStart);
			add(at, roleOf(place, seat), isOld ? 0 : chance.below(days - 3), null);
		}
		if (place.level !== 'house') continue;
		const gone = Math.round((place.size * leftOfHundred) / 100 + chance.next() - 0.5);
		for (let one = 0; one < gone; one += 1) {
			const left = chance.between(30, days - 1);
			add(at, null, chance.percent(60) ? 0 : chance.below(left - 10), left);
		}
	}
	openAccounts(places, posts);
	return posts.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The first seat leads; of a house, some are key staff or peer supporters. */
function roleOf({ level }: LargePlace, seat: number): Role | null {
	if (seat === 0) return 'leader';
	if (level === 'nation') return seat === 1 ? 'administrator' : 'editor';
	if (seat % 12 === 2) return 'key-staff';
	return seat % 40 === 3 ? 'peer-supporter' : null;
}

/** The open accounts take posts that are there. */
function openAccounts(places: readonly LargePlace[], posts: Post[]): void {
	const find = (level: LargePlace['level'], number = 0) => {
		const found = places.flatMap((place, at) => (place.level === level ? [at] : []));
		return found[number] ?? found[0] ?? 0;
	};
	const open = (email: string, name: string, place: number, role: Role | null) => {
		const isFree = (post: Post) => post.place === place && !post.leftOn && !post.account;
		const post = posts.find((one) => isFree(one) && one.role === role) ?? posts.find(isFree);
		if (!post) return;
		post.account = { email, name };
		post.role = role;
	};
	const [municipality, house] = leaderAccounts;
	open(municipality.email, municipality.name, find('municipality'), 'leader');
	open(house.email, house.name, find('house'), 'leader');
	for (const { email, name, role } of demonstrationAccounts) {
		const isForAll = role === 'leader' || role === 'administrator' || role === 'editor';
		const place = isForAll ? find('nation') : find('house', email.startsWith('peer2') ? 1 : 0);
		open(email, name, place, role === 'staff' ? null : role);
	}
}

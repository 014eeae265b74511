import { timedId, type Chance } from './chance.ts';
import { inventHouse, inventTowns } from './names.ts';

/** What is asked for. */
export interface Size {
	/** People whose access is open. */
	staff: number;
	/** Houses. */
	workplaces: number;
}

/** With fewer there is no house of sixty beside others. */
export const fewestStaff = 200;

/** So many houses as such a service has. */
export const housesFor = (staff: number) => Math.max(3, Math.round(staff / 48));

export type Level = 'nation' | 'region' | 'municipality' | 'area' | 'house';

export interface LargePlace {
	id: string;
	level: Level;
	name: string;
	setting: string | null;
	/** Its position in the list; null at the top. */
	parent: number | null;
	/** Positions of every place above it, itself included. */
	above: readonly number[];
	/** People who work there, whoever leads it included. */
	size: number;
}

/** The house on which everything is measured, and the most people of the municipality around it. */
export const measured = { house: 60, municipality: 5000 } as const;

const housesInArea = 8;
const areaNames = [
	'Udsatte og rusmidler',
	'Handicap og psykiatri',
	'Beskæftigelse',
	'Socialpsykiatrien',
	'Bosteder',
	'Krise og rådgivning'
];
const regionNames = ['Nord', 'Vest', 'Midt', 'Øst', 'Syd'];

/**
 * A country: landsdele, municipalities, areas and houses, those above first. The first municipality has
 * a house of exactly sixty and five thousand people, or two fifths of all where there are fewer.
 */
export function layOutPlaces(chance: Chance, { staff, workplaces }: Size, moment: number) {
	const places: LargePlace[] = [];
	const add = (level: Level, name: string, parent: number | null, rest = {}) => {
		const at = places.length;
		const above = parent === null ? [] : (places[parent]?.above ?? []);
		const id = timedId(chance, moment + at);
		places.push({
			id,
			level,
			name,
			parent,
			above: [...above, at],
			setting: null,
			size: 1,
			...rest
		});
		return at;
	};
	// The administrator and the editor work for all.
	const top = add('nation', 'Landets sociale tilbud', null, { size: 3 });
	const regions = regionNames.map((name) => add('region', `Landsdel ${name}`, top));
	const municipalities = Math.max(2, Math.min(98, Math.round(workplaces / 25)));
	const towns = inventTowns(chance, municipalities);
	const houses = shareOutHouses(chance, workplaces, municipalities, staff);
	for (const [number, town] of towns.entries()) {
		const region = regions[number % regions.length] ?? top;
		const own = add('municipality', `${town} Kommune`, region);
		let area = own;
		for (let house = 0; house < (houses[number] ?? 0); house += 1) {
			if (house % housesInArea === 0) area = add('area', nameArea(house / housesInArea), own);
			const { name, setting } = inventHouse(chance, house);
			add('house', name, area, { setting });
		}
	}
	shareOutStaff(chance, places, staff);
	return places;
}

function nameArea(number: number): string {
	const name = areaNames[number % areaNames.length] ?? '';
	const round = Math.floor(number / areaNames.length);
	return round > 0 ? `${name} ${round + 1}` : name;
}

/** How many houses each municipality has; the first has those for its people. */
function shareOutHouses(
	chance: Chance,
	workplaces: number,
	municipalities: number,
	staff: number
): number[] {
	const first = Math.max(1, Math.round((workplaces * firstShare(staff)) / staff));
	const found = Array.from({ length: municipalities }, () => 1);
	found[0] = Math.min(first, workplaces - municipalities + 1);
	const weights = found.map((_, at) => (at === 0 ? 0 : chance.skewed()));
	const sum = weights.reduce((all, one) => all + one, 0);
	let left = workplaces - found.reduce((all, one) => all + one, 0);
	for (const [at, weight] of weights.entries()) {
		const share = Math.min(left, Math.round((weight / sum) * left));
		found[at] = (found[at] ?? 0) + (at === municipalities - 1 ? 0 : share);
	}
	left = workplaces - found.reduce((all, one) => all + one, 0);
	for (let at = 1; left !== 0; at = (at % (municipalities - 1)) + 1) {
		const step = left > 0 ? 1 : -1;
		if ((found[at] ?? 0) + step < 1) continue;
		found[at] = (found[at] ?? 0) + step;
		left -= step;
	}
	return found;
}

const firstShare = (staff: number) => Math.min(measured.municipality, Math.floor(staff * 0.4));

/** Gives every house its people, so that the sums are as they should be. */
function shareOutStaff(chance: Chance, places: LargePlace[], staff: number): void {
	const first = places.findIndex(({ level }) => level === 'municipality');
	const isFirst = ({ above }: LargePlace) => above.includes(first);
	const groups = [
		{ own: places.filter(isFirst), people: firstShare(staff) },
		{
			own: places.filter((place) => !isFirst(place)),
			people: staff - firstShare(staff)
		}
	];
	for (const [number, { own, people }] of groups.entries()) {
		const houses = own.filter(({ level }) => level === 'house');
		let left =
			people - own.reduce((sum, { level, size }) => sum + (level === 'house' ? 0 : size), 0);
		const [measuredHouse] = number === 0 ? houses.splice(0, 1) : [];
		if (measuredHouse) {
			measuredHouse.size = Math.min(measured.house, left - houses.length);
			left -= measuredHouse.size;
		}
		const weights = houses.map(() => chance.skewed());
		const sum = weights.reduce((all, one) => all + one, 0);
		for (const [at, house] of houses.entries()) {
			house.size = Math.max(1, Math.floor(((weights[at] ?? 0) / sum) * left));
		}
		let over = left - houses.reduce((all, { size }) => all + size, 0);
		for (let at = 0; over !== 0 && houses.length > 0; at = (at + 1) % houses.length) {
			const house = houses[at];
			const step = over > 0 ? 1 : -1;
			if (!house || house.size + step < 1) continue;
			house.size += step;
			over -= step;
		}
	}
}

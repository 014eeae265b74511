import type { Chance } from './chance.ts';

const firstNames =
	'Agnete Ahmed Aisha Alma Amalie Anders Andrea Anja Anna Anton Arne Asger Asta Astrid August Aya Bente Birger Birthe Bjarke Bo Carina Cecilie Claus Clara Dagmar Dorte Ebbe Egon Elif Ella Ellen Emil Emma Esther Ewa Fatima Filip Finn Freja Frida Gitte Grethe Gudrun Hanne Hans Harald Hassan Hedda Helle Henrik Ibrahim Ida Inger Ingrid Ivalu Jakob Jannik Jens Jesper Johanne Jonas Josefine Julie Jytte Karen Karin Karla Karsten Kasper Katrine Kirsten Kjeld Klara Knud Lasse Laura Leila Lene Line Lis Lone Lotte Louise Lukas Mads Magnus Maja Malik Malthe Maren Marie Mathilde Merete Mette Mikkel Minik Mohammed Morten Naja Nanna Nikolaj Nina Noah Ole Oliver Omar Otto Paninnguaq Per Peter Pia Pipaluk Poul Rasmus Rikke Robert Rosa Sami Sanne Sara Sebastian Selma Signe Sigrid Silje Simon Sofie Stine Susanne Svend Søren Tage Thea Thorkild Tina Tobias Torben Trine Ulla Vera Vibeke Viggo Viktor Vilma Yasmin Yusuf Zeynep Ågot Åse'.split(
		' '
	);
const heads =
	'Ager Alme Bakke Birke Bjerge Brem Bro Bøge Dam Drage Eg Elle Eng Enge Fal Fjord Fly Glent Græs Grøn Hassel Hede Hvid Høg Høj Kild Kirke Klit Korn Krage Lille Lin Lyng Løv Mark Mose Mølle Nør Over Pile Ravn Rosen Rug Rød Skade Skov Sme Spur Sten Storke Strand Sø Sønder Tang Tjørne Torn Tved Ug Ulve Vand Vester Vind Øster Ål'.split(
		' '
	);
const tails =
	'agger balle bek borg bro by bæk dahl dal felt gaard grav hav holm holt huus kjær lund mark mose nes rup skov slev sted strup toft vad vang vig'.split(
		' '
	);
const homes = 'banken bo gården haven hjørnet huset krogen lunden ly toften vangen vænget'.split(
	' '
);
const trees =
	'Abild Ask Birke Bøge Ege El Fyrre Gran Hassel Hyben Hyld Kirsebær Kastanje Linde Lyng Mirabel Mispel Nødde Pile Poppel Rønne Slåen Tjørne Ahorn Avnbøg'.split(
		' '
	);

/** A Danish name put together from parts; nobody's, or anybody's by chance. */
export function inventName(chance: Chance): string {
	const family = () => `${chance.pick(heads)}${chance.pick(tails)}`;
	const middle = chance.percent(35) ? ` ${family()}` : '';
	return `${chance.pick(firstNames)}${middle} ${family()}`;
}

/** Names of places, each once. */
export function inventTowns(chance: Chance, count: number): string[] {
	const found = new Set<string>();
	while (found.size < count) found.add(`${chance.pick(heads)}${chance.pick(tails)}`);
	return [...found];
}

/** What houses are called, by the slug of their setting. */
const kinds: readonly (readonly [setting: string, kind: string])[] = [
	['residential-home', 'Botilbuddet'],
	['residential-home', 'Bostedet'],
	['supported-housing', 'Bofællesskabet'],
	['supported-housing', 'Støttecentret'],
	['shelter', 'Herberget'],
	['crisis-centre', 'Krisecentret'],
	['substance-use-centre', 'Rusmiddelcentret'],
	['psychiatric-ward', 'Afsnittet'],
	['job-centre', 'Jobcentret'],
	['drop-in', 'Værestedet']
];

/** The house of a municipality by its number; no two of one are called the same. */
export function inventHouse(chance: Chance, number: number): { name: string; setting: string } {
	const [setting = '', kind = ''] = chance.pick(kinds);
	const tree = trees[number % trees.length] ?? '';
	const home = homes[Math.floor(number / trees.length) % homes.length] ?? '';
	const round = Math.floor(number / (trees.length * homes.length));
	return { name: `${kind} ${tree}${home}${round > 0 ? ` ${round + 1}` : ''}`, setting };
}

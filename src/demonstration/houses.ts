/** A house of the demonstration municipality, and who works there besides the named accounts. */
export interface House {
	key: 'lanternen' | 'birkehuset' | 'broen';
	name: string;
	/** Slug of `settings.yaml`. */
	setting: string;
	leader: string;
	staff: readonly string[];
}

export const municipality = 'Fjordby Kommune';
export const department = 'Socialområdet';

/** Invented people and places; any likeness is chance. */
export const houses: readonly House[] = [
	{
		key: 'lanternen',
		name: 'Herberget Lanternen',
		setting: 'shelter',
		leader: 'Torben Agerskov',
		staff: [
			'Birthe Damgaard',
			'Yusuf Demir',
			'Lone Bisgaard',
			'Mikkel Thorup',
			'Ewa Nowak',
			'Søren Højlund',
			'Pipaluk Olsen',
			'Rikke Vestergaard',
			'Hassan Abdi',
			'Gitte Skov',
			'Emil Kragh',
			'Annette Fogh',
			'Dragan Petrović',
			'Sofie Ravn',
			'Ole Munk'
		]
	},
	{
		key: 'birkehuset',
		name: 'Birkehuset, støttet bolig',
		setting: 'supported-housing',
		leader: 'Marianne Kofoed',
		staff: [
			'Jette Norup',
			'Kasper Elkjær',
			'Fatima El-Sayed',
			'Lars Bundgaard',
			'Ivalu Petersen',
			'Tina Overgaard',
			'Morten Åkjær',
			'Ida Lauridsen',
			'Peter Østergaard',
			'Zeynep Kaya',
			'Helle Brink'
		]
	},
	{
		key: 'broen',
		name: 'Rusmiddelcenter Broen',
		setting: 'substance-use-centre',
		leader: 'Susanne Toft',
		staff: [
			'Henrik Ladegaard',
			'Amira Haddad',
			'Camilla Bech',
			'Jesper Ørum',
			'Louise Grønbæk',
			'Thomas Fabricius',
			'Naja Kleist',
			'Karsten Voss',
			'Maja Dahlgaard'
		]
	}
];

const first = ['Søren', 'Åse', 'Mette', 'Omar', 'Lise', 'Bo', 'Fatima', 'Jens', 'Ivalu', 'Karen'];
const last = ['Sørensen', 'Østergård', 'Holm', 'Haddad', 'Bæk', 'Nowak', 'Lykke', 'Ørum', 'Kleist'];
const houses = 40;

/** A tree of so many houses below one area, as a municipality would bring it. */
export function writeTree(): string {
	const rows = Array.from({ length: houses }, (_, index) => `H${index};Hus ${index};OMR;herberg`);
	return ['Id;Navn;Overordnet enhed;Type', 'OMR;Store område;;', ...rows].join('\r\n');
}

/** Lines of so many people, the first with a number of their own; one in ten has no address, and
 * one in a hundred leads a house. */
export function writeStaff(count: number, from = 0): string {
	const rows = Array.from({ length: count }, (_, index) => {
		const id = from + index;
		const name = `${first[id % first.length]} ${last[id % last.length]}`;
		const email = id % 10 === 0 ? '' : `person${id}@stor.example`;
		const role = id % 100 === 1 ? 'leder' : '';
		return `${id};${name} ${'ABCDEFGHIJ'[id % 7]}.;${email};H${id % houses};${role}`;
	});
	return ['Medarbejdernummer;Navn;E-mail;Arbejdssted;Rolle', ...rows].join('\r\n');
}

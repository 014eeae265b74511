/** Somebody who can be named in a comment. */
export interface Named {
	person: string;
	name: string;
}

/**
 * Who is named in a comment: `@` and the whole name, or the first name where only one has it. Of names
 * that begin alike the longest counts. Case does not matter.
 */
export function findMentions(body: string, people: readonly Named[]): string[] {
	const firstNames = Map.groupBy(people, ({ name }) => firstOf(name));
	const wanted = people
		.flatMap(({ person, name }) => [
			{ person, said: name },
			...(firstNames.get(firstOf(name))?.length === 1 ? [{ person, said: firstOf(name) }] : [])
		])
		.toSorted((a, b) => b.said.length - a.said.length);
	const found = new Set<string>();
	for (const { index } of body.matchAll(/@/gu)) {
		const rest = body.slice(index + 1).toLocaleLowerCase('da');
		const named = wanted.find(({ said }) => beginsWith(rest, said.toLocaleLowerCase('da')));
		if (named) found.add(named.person);
	}
	return [...found];
}

function beginsWith(text: string, name: string): boolean {
	return text.startsWith(name) && !/^[\p{L}\p{N}]/u.test(text.slice(name.length));
}

function firstOf(name: string): string {
	return name.split(' ')[0] ?? name;
}

/** At most so many characters, blanks at both ends not counted. */
export const mostCharacters = { title: 60, summary: 200, contentNote: 200 } as const;

/** At most so many words. */
export const mostWords = {
	text: 90,
	says: 40,
	choice: 25,
	consequence: 60,
	why: 45,
	takeaway: 45
} as const;

/** The highest LIX, with and without `basic` among the audience. */
export const highestLix = { basic: 34, other: 40 } as const;

/** Texts of fewer words say nothing about readability. */
export const fewestMeasured = 30;

/** So many choices can be taken in at once. */
export const mostChoices = 4;

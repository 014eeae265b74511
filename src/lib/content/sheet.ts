/** Whether a lesson is a sheet to take along, by its name: a run sheet, a hand-out or a card. */
export function isSheet(lesson: string): boolean {
	return /^(?:run-sheet|hand-out|card)-/u.test(lesson);
}

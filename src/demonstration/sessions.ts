/** What the house of the demonstration has agreed, in its own words; the numbers are nobody's. */
export const agreed = {
	hereWe: [
		'Vi ser op og siger vores navn, før vi siger noget andet',
		'Vi banker på og venter på svar',
		'Vi siger, hvor længe man skal vente, og hvorfor',
		'Én taler, når nogen er oppe at køre'
	],
	change: {
		body: 'En stol mere ved lugen, så man kan sidde og vente',
		owner: 'Birthe',
		/** Days after the session. */
		dueAfter: 14
	},
	contacts: [
		{ label: 'Vagthavende, hele døgnet', number: '00 00 00 01' },
		{ label: 'Arbejdsmiljørepræsentant', number: '00 00 00 02' },
		{ label: 'Krisehjælp til ansatte', number: '00 00 00 03' }
	]
} as const;

export const heldSession = {
	title: 'Temadag: første ord',
	place: 'Spisestuen',
	time: '12:00'
} as const;

/** Days from now on. */
export const plannedSession = {
	title: 'Plenumøvelse: ingen ledig seng',
	place: 'Spisestuen',
	inDays: 12,
	time: '13:00'
} as const;

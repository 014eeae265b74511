/** What the benchmarks hold the platform to. Rates are shares of something bare on the same machine. */
export interface Budget {
	/** Why it is what it is. */
	sentence: string;
	unit: 'share' | 'kB' | 'MB' | 's' | 'ms' | 'faults';
	/** The measured value must be at least, or at most, this. */
	least?: number;
	most?: number;
}

export const budgets = {
	home: {
		sentence:
			'The signed-in front page is sent at no less than a thirty-fifth of the rate of a bare server that sends the same bytes: it reads session, roles, progress and completions.',
		unit: 'share',
		least: 1 / 35
	},
	lesson: {
		sentence:
			'A lesson is sent at no less than a thirtieth of the rate of a bare server that sends the same bytes.',
		unit: 'share',
		least: 1 / 30
	},
	step: {
		sentence:
			'A step of a scenario is durably recorded at no less than a fifth of the rate of a bare loop of durable inserts of one row each, on the same disk.',
		unit: 'share',
		least: 1 / 5
	},
	check: {
		sentence:
			'A scenario of fifty scenes and three gauges is checked on each keystroke of its author, who does not notice.',
		unit: 'ms',
		most: 50
	},
	choiceToPaint: {
		sentence:
			'What follows from a choice is there before one notices waiting, also on a phone four times slower than this machine.',
		unit: 'ms',
		most: 50
	},
	lessonScripts: {
		sentence: 'A lesson loads no more JavaScript than an old phone reads without a pause.',
		unit: 'kB',
		most: 45
	},
	scenarioScripts: {
		sentence: 'A scenario plays in the browser and brings its engine along, and no more than that.',
		unit: 'kB',
		most: 65
	},
	firstScreen: {
		sentence:
			'The first screen of a scenario, with its font and pictures, arrives over a poor connection in the time one waits for a page.',
		unit: 'kB',
		most: 150
	},
	memory: {
		sentence: 'The platform runs beside other things on a small machine, also under load.',
		unit: 'MB',
		most: 300
	},
	pageWhileImporting: {
		sentence:
			'Twenty thousand people are looked through and brought in, and who is on a page of their own meanwhile does not notice.',
		unit: 'ms',
		most: 150
	},
	team: {
		sentence:
			'The leader’s page of a house, of a municipality and of the nation is sent at no less than a forty-fifth of the rate of a bare server that sends the same bytes.',
		unit: 'share',
		least: 1 / 45
	},
	teamGrowth: {
		sentence:
			'The leader’s page costs the same among a thousand people as in a national service: it is read from counts that are kept, and not worked out.',
		unit: 'share',
		most: 1.5
	},
	stepGrowth: {
		sentence: 'A step is recorded beside forty million others as it is on an empty platform.',
		unit: 'share',
		most: 1.3
	},
	beside: {
		sentence:
			'Two hundred steps a second are recorded beside a hundred page views, and neither waits more than twice as long for the other.',
		unit: 'share',
		most: 2
	},
	pageWhileExporting: {
		sentence:
			'The list of a municipality is sent piece by piece, and who is on a page of their own meanwhile does not notice.',
		unit: 'ms',
		most: 100
	},
	keystroke: {
		sentence: 'What one author types is on the other’s screen before they have looked up.',
		unit: 'ms',
		most: 200
	},
	keystrokeAmongTen: {
		sentence: 'Ten people who all write in one draft see each other’s words as they come.',
		unit: 'ms',
		most: 500
	},
	longDraft: {
		sentence: 'A draft that has been written in for months opens as any page does.',
		unit: 'ms',
		most: 200
	},
	longDraftApart: {
		sentence: 'It opens also where none of its changes have been summed up.',
		unit: 'ms',
		most: 1000
	},
	checkAsYouType: {
		sentence:
			'After each keystroke in a draft of fifty scenes all of it is read, checked and told anew, and who types does not notice.',
		unit: 'ms',
		most: 50
	},
	editorScripts: {
		sentence:
			'The editor brings the documents that several write at once, the engine to play them and the checks, and nothing that only a few need.',
		unit: 'kB',
		most: 180
	},
	mapScripts: {
		sentence: 'Only who looks at the map loads what draws it.',
		unit: 'kB',
		most: 70
	},
	revealToHouse: {
		sentence:
			'When the answers close, two hundred phones show it within the time in which a room looks up.',
		unit: 'ms',
		most: 500
	},
	revealToHall: {
		sentence:
			'In a hall of two thousand phones the last shows it before whoever leads has finished the sentence.',
		unit: 'ms',
		most: 2500
	},
	phoneMemory: {
		sentence: 'Two thousand phones that listen fit beside everything else on a small machine.',
		unit: 'kB',
		most: 120
	},
	vote: {
		sentence:
			'A vote is durably in at no less than a tenth of the rate of a bare loop of durable inserts of one row each, on the same disk.',
		unit: 'share',
		least: 1 / 10
	},
	faults: {
		sentence:
			'However often the server is killed, it starts clean, and nothing is there that nobody sent, or twice.',
		unit: 'faults',
		most: 0
	},
	lostSteps: {
		sentence: 'No step that was acknowledged is lost when the server is killed.',
		unit: 'faults',
		most: 0
	},
	restore: {
		sentence: 'A hundred megabytes are restored, and looked through, in the time of a coffee.',
		unit: 's',
		most: 15
	},
	mixed: {
		sentence:
			'Pages and steps together, seven to three at half of what is possible, are no less than an eightieth of what a bare server sends.',
		unit: 'share',
		least: 1 / 80
	},
	pageWhileAll: {
		sentence:
			'Who is on a page of their own does not notice that a backup, a long list and a report are made at once.',
		unit: 'ms',
		most: 250
	},
	secondStart: {
		sentence: 'A restart goes unnoticed, or nearly so, by who is in the middle of a page.',
		unit: 's',
		most: 3
	}
} as const satisfies Record<string, Budget>;

export type BudgetName = keyof typeof budgets;

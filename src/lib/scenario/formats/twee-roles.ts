/** The tag that tells a story written by us from any other: it stands on its first passage. */
export const ownTag = 'holdepunkt';

/** Names of the passages around the scenes; names of scenes have no capitals, so that they never meet. */
export const passages = {
	start: 'Start',
	people: 'People',
	shortText: 'Short text',
	seems: 'How they seem',
	lookingBack: 'Looking back'
} as const;

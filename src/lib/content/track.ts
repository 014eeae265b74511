/** The courses of the platform by their slugs, in the order in which people meet them; also those for whom a scenario is written. */
export const tracks = ['basic', 'practice', 'key-staff', 'leader', 'peer'] as const;

export type Track = (typeof tracks)[number];

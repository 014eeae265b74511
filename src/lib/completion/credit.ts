/**
 * Who held a training that counts as a course of ours: kinds alone, so that nothing is written about a
 * person in words of one's own.
 */
export const organisers = ['workplace', 'authority', 'school', 'association', 'company'] as const;

export type Organiser = (typeof organisers)[number];

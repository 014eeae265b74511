/** Why somebody need not take a course: this list, and nothing in words of one's own. */
export const waiverReasons = ['external-consultant', 'short-stay', 'trained-elsewhere'] as const;

export type WaiverReason = (typeof waiverReasons)[number];

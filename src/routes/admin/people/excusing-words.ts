import type { Organiser } from '#lib/completion/credit.ts';
import type { WaiverReason } from '#lib/completion/waiver.ts';
import * as m from '#lib/ui/messages/messages.js';

const reasons: Readonly<Record<WaiverReason, () => string>> = {
	'external-consultant': m.waive_reason_external,
	'short-stay': m.waive_reason_short,
	'trained-elsewhere': m.waive_reason_trained
};

const organisers: Readonly<Record<Organiser, () => string>> = {
	workplace: m.credit_organiser_workplace,
	authority: m.credit_organiser_authority,
	school: m.credit_organiser_school,
	association: m.credit_organiser_association,
	company: m.credit_organiser_company
};

/** Why somebody need not take a course, in words. */
export const reasonName = (reason: WaiverReason): string => reasons[reason]();

/** A kind of organiser in words. */
export const organiserName = (organiser: Organiser): string => organisers[organiser]();

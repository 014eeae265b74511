import * as m from '#lib/ui/messages/messages.js';
import type { CertificateState } from '../certificate.ts';

const names: Readonly<Record<CertificateState, () => string>> = {
	valid: m.certificate_state_valid,
	expired: m.certificate_state_expired,
	replaced: m.certificate_state_replaced,
	withdrawn: m.certificate_state_withdrawn
};

/** What a certificate is worth, in words. */
export function stateName(state: CertificateState): string {
	return names[state]();
}

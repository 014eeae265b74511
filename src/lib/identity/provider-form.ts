import type { GivenRole } from '#lib/access/naming.ts';
import { saysOneStep } from './provider-rule.ts';

/** What an administrator writes down of a provider. */
export interface ProviderForm {
	/** What stands on the button. */
	name: string;
	issuer: string;
	clientId: string;
	/** Empty to leave the one that is kept. */
	secret: string;
	scopes: string;
	subjectClaim: string;
	/** Empty where no number is to be trusted. */
	employeeClaim: string;
	makesPeople: boolean;
	/** Words of `amr` and `acr`, with blanks between them; empty for none. */
	factorWords: string;
	isOpen: boolean;
}

export type ProviderFault =
	'missing' | 'too-long' | 'no-address' | 'no-claim' | 'one-step' | 'taken';

export type ProviderFaults = Partial<Record<keyof ProviderForm | 'slug', ProviderFault>>;

const claim = /^[A-Za-z0-9_.:/-]{1,120}$/;

/** What must be put right before a provider can be kept. */
export function findProviderFaults(form: ProviderForm): ProviderFaults {
	const faults: ProviderFaults = {};
	if (form.name.trim() === '') faults.name = 'missing';
	if (form.name.length > 60) faults.name = 'too-long';
	if (!isIssuer(form.issuer)) faults.issuer = 'no-address';
	if (form.clientId.trim() === '') faults.clientId = 'missing';
	if (form.clientId.length > 200) faults.clientId = 'too-long';
	if (form.secret.length > 500) faults.secret = 'too-long';
	if (form.scopes.length > 200) faults.scopes = 'too-long';
	if (!claim.test(form.subjectClaim)) faults.subjectClaim = 'no-claim';
	if (form.employeeClaim !== '' && !claim.test(form.employeeClaim))
		faults.employeeClaim = 'no-claim';
	// An address may be given away and given anew: nobody is known by one.
	if (isAddress(form.subjectClaim)) faults.subjectClaim = 'no-claim';
	if (isAddress(form.employeeClaim)) faults.employeeClaim = 'no-claim';
	if (form.factorWords.length > 200) faults.factorWords = 'too-long';
	if (readWords(form.factorWords).some(saysOneStep)) faults.factorWords = 'one-step';
	return faults;
}

/** The words that stand with blanks or commas between them. */
export const readWords = (text: string) => text.split(/[\s,]+/).filter(Boolean);

const isAddress = (name: string) => /^(e?mail|email_verified|upn|preferred_username)$/i.test(name);

/** The address by which an issuer calls itself; http is for the machine itself alone. */
function isIssuer(text: string): boolean {
	if (!URL.canParse(text) || text.length > 300) return false;
	const { protocol, hostname, search, hash, username } = new URL(text);
	const isPlain = protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
	return (protocol === 'https:' || isPlain) && !search && !hash && !username;
}

/** What stands in our addresses, made from a name. */
export function proposeSlug(name: string): string {
	const plain = name
		.toLowerCase()
		.replaceAll('æ', 'ae')
		.replaceAll('ø', 'oe')
		.replaceAll('å', 'aa')
		.normalize('NFD')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 30);
	return plain.replace(/-+$/, '') || 'login';
}

/** What an administrator writes down of a rule. */
export interface RuleForm {
	claim: string;
	value: string;
	workplace: string;
	role: GivenRole | null;
}

export type RuleFault = 'no-claim' | 'missing' | 'too-long' | 'taken';

export function findRuleFault(form: RuleForm): RuleFault | null {
	if (!claim.test(form.claim)) return 'no-claim';
	if (form.value.trim() === '') return 'missing';
	return form.value.length > 200 ? 'too-long' : null;
}

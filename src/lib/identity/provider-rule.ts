import type { GivenRole } from '#lib/access/naming.ts';

/** What a provider says of a person, as its token says it. */
export type Claims = Readonly<Record<string, unknown>>;

/** Who has this value in this claim belongs to a workplace, and holds a role there. */
export interface ProviderRule {
	claim: string;
	value: string;
	workplace: string;
	/** Besides being staff; null for nothing more. */
	role: GivenRole | null;
}

/** The values of a claim as texts; a list gives several, and what is neither text nor number gives none. */
export function listValues(claims: Claims, claim: string): string[] {
	if (!Object.hasOwn(claims, claim)) return [];
	const value = claims[claim];
	return (Array.isArray(value) ? value : [value]).flatMap((each: unknown) =>
		typeof each === 'string' || typeof each === 'number' ? [String(each)] : []
	);
}

/** The one text that a claim holds; null where it holds none, or several. */
export function findText(claims: Claims, claim: string): string | null {
	const values = listValues(claims, claim);
	const text = values.length === 1 ? values[0]?.trim() : undefined;
	return text === undefined || text === '' ? null : text;
}

/** The rules that hold for somebody: the value is compared letter by letter. */
export function rulesThatHold(
	rules: readonly ProviderRule[],
	claims: Claims
): readonly ProviderRule[] {
	return rules.filter(({ claim, value }) => listValues(claims, claim).includes(value));
}

/**
 * Words of RFC 8176 and of `acr` that say of one step only, or of none: what somebody knows, a text message
 * or a call that can be taken over, where they are, or that somebody was there at all.
 */
const oneStep: readonly string[] = [
	...['pwd', 'password', 'pin', 'kba', 'sms', 'tel', 'geo', 'rba', 'user', 'wia', '0'],
	'urn:oasis:names:tc:saml:2.0:ac:classes:password',
	'urn:oasis:names:tc:saml:2.0:ac:classes:passwordprotectedtransport',
	'urn:oasis:names:tc:saml:2.0:ac:classes:unspecified'
];

/** True for a word that does not say that a second factor was shown. */
export function saysOneStep(word: string): boolean {
	return oneStep.includes(word.toLowerCase());
}

/** True where `amr` or `acr` says, in one of these words, that a second factor was shown (ASVS 6.8.4). */
export function showsFactor(words: readonly string[], claims: Claims): boolean {
	const said = [...listValues(claims, 'amr'), ...listValues(claims, 'acr')];
	return said.some((word) => words.includes(word) && !saysOneStep(word));
}

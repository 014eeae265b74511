export type DomainErrorCode =
	'not-found' | 'forbidden' | 'conflict' | 'sign-in-required' | 'invalid' | 'too-many';

/** An outcome the caller can act on; anything else that is thrown is a bug. */
export class DomainError extends Error {
	override readonly name = 'DomainError';
	readonly code: DomainErrorCode;

	constructor(code: DomainErrorCode, message: string) {
		super(message);
		this.code = code;
	}
}

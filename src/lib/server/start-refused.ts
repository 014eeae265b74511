/**
 * The platform cannot start, and whoever runs it can put that right. The sentences are for them, and
 * are printed as they stand, without a stack.
 */
export class StartRefused extends Error {
	override readonly name = 'StartRefused';
	readonly sentences: readonly string[];

	constructor(sentences: string | readonly string[], options?: ErrorOptions) {
		const all = typeof sentences === 'string' ? [sentences] : sentences;
		super(all.join('\n'), options);
		this.sentences = all;
	}

	get sentence(): string {
		return this.message;
	}
}

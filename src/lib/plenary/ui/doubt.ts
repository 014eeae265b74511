/** Asks about a line that is silent, and believes no answer that something heard since then belies. */
export class Doubt {
	#heard = 0;

	/** The line has been heard. */
	settle(): void {
		this.#heard += 1;
	}

	/** The answer to a question; false where the line was heard while it was asked. */
	async ask(question: () => Promise<boolean>): Promise<boolean> {
		const before = this.#heard;
		return (await question()) && before === this.#heard;
	}
}

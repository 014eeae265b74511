import type { CommentsView } from '../comment-threads.ts';
import type { Line } from './line.ts';

/** What is said about a draft, as the editor counts it: asked for anew whenever somebody says something. */
export class DraftComments {
	readonly #address: string;
	readonly #stop: () => void;
	#view = $state.raw<CommentsView>();

	constructor(draft: string, line: Line) {
		this.#address = `/author/${draft}/comments`;
		this.#stop = line.hearComments(() => void this.#ask());
		void this.#ask();
	}

	/** Undefined while nobody has answered. */
	get view(): CommentsView | undefined {
		return this.#view;
	}

	/** Somebody else has asked. */
	take(view: CommentsView): void {
		this.#view = view;
	}

	close(): void {
		this.#stop();
	}

	async #ask(): Promise<void> {
		const response = await fetch(this.#address).catch(() => null);
		if (response?.ok) this.#view = (await response.json()) as CommentsView; // what that address answers
	}
}

import * as Y from 'yjs';
import { createDocument, takeUpdate } from '../document/document.ts';
import { UndoSteps } from '../document/undo.ts';
import type { DraftSaving, Line } from './line.ts';

/** A draft that was taken up in a browser: its document, one's own steps, and the line to the others. */
export interface OpenDraft {
	readonly doc: Y.Doc;
	readonly steps: UndoSteps;
	readonly line: Line;
	close(): void;
}

// TEMPORARY until the sync of together is here.
export async function openDraft(given: {
	draft: string;
	person: string;
	mayWrite: boolean;
	begun: { n: number; update: string };
}): Promise<OpenDraft> {
	const doc = createDocument();
	takeUpdate(
		doc,
		Uint8Array.from(atob(given.begun.update), (c) => c.charCodeAt(0))
	);
	const line = new TemporaryLine(doc, given.draft);
	return { doc, steps: new UndoSteps(doc), line, close: () => doc.destroy() };
}

class TemporaryLine implements Line {
	saving = $state<DraftSaving>('saved');
	others = [];
	constructor(doc: Y.Doc, draft: string) {
		let chain: Promise<unknown> = Promise.resolve();
		doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin === 'elsewhere') return;
			this.saving = 'saving';
			chain = chain.then(async () => {
				await fetch(`/author/${draft}/updates`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({
						id: crypto.randomUUID(),
						update: btoa(String.fromCharCode(...update))
					})
				});
				this.saving = 'saved';
			});
		});
	}
	tellPlace(): void {}
}

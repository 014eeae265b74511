import type { CompletionSource } from '#lib/completion/completions.server.ts';
import * as m from '#lib/ui/messages/messages.js';

const names: Readonly<Record<CompletionSource, () => string>> = {
	learned: m.me_source_learned,
	attended: m.me_source_attended,
	credited: m.me_source_credited
};

/** How a completion came about, in words. */
export function sourceName(source: CompletionSource): string {
	return names[source]();
}

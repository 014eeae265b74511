import type { Localised } from './localised.ts';

export interface ShapeMessage {
	code: string;
	message: Localised;
}

/**
 * The message of a valibot rule as a string that `checkShape` reads back into a code and a sentence
 * in every language.
 */
export function shapeMessage(code: string, message: Localised): string {
	return JSON.stringify({ code, da: message.da, en: message.en });
}

/** Reads what `shapeMessage` wrote; undefined for any other message. */
export function readShapeMessage(message: string): ShapeMessage | undefined {
	if (!message.startsWith('{"code":')) return undefined;
	const { code, da, en } = JSON.parse(message) as Record<'code' | 'da' | 'en', string>;
	return { code, message: { da, en } };
}

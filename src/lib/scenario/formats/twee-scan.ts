import { common, readStrings, takePair, takeVariable } from './scan-common.ts';
import { takeHarlowe } from './scan-harlowe.ts';
import { takeSugarCube } from './scan-sugarcube.ts';
import type { Dialect, Piece } from './twee-pieces.ts';
import { Scanner, takeUntil, type Rule } from './twee-scanner.ts';

/** The pieces of a passage in order. It never fails: what is no markup is text. */
export function scanPassage(text: string, dialect: Dialect): Piece[] {
	const scanner = new Scanner(text);
	if (dialect === 'chapbook') takeVariables(scanner);
	const rules = [...rulesOf[dialect], ...common];
	while (!scanner.isAtEnd) {
		if (!rules.some((rule) => rule(scanner))) scanner.takeText();
	}
	return scanner.finish();
}

function takeChapbook(scanner: Scanner): boolean {
	if (scanner.isAtLineStart) {
		const modifier = scanner.look(/\[(?!\[)[^\]\n]{1,200}\](?=\n|$)/y);
		if (modifier) return scanner.leave('macro', modifier[0].length);
	}
	const insert = scanner.look(/\{([^{}\n]{1,500})\}/y);
	if (!insert) return false;
	const [, name = '', args = ''] = /^\s*([a-z ]+):?(.*)$/u.exec(insert[1] ?? '') ?? [];
	const [first] = readStrings(args);
	if (name.trim() === 'embed passage' && first !== undefined) {
		return scanner.add({ kind: 'include', target: first }, insert[0].length);
	}
	return scanner.leave(/^[\w.]+$/u.test(insert[1] ?? '') ? 'variable' : 'macro', insert[0].length);
}

/** The lines above `--`, which set variables. */
function takeVariables(scanner: Scanner): void {
	const [section] = /^[\s\S]*?^--[ \t]*$/mu.exec(scanner.text) ?? [];
	if (section !== undefined) scanner.leave('variable', section.length);
}

function takeSnowman(scanner: Scanner): boolean {
	return scanner.text.startsWith('<%', scanner.at) && takeUntil(scanner, '%>', 'script');
}

const rulesOf: Readonly<Record<Dialect, readonly Rule[]>> = {
	sugarcube: [takeSugarCube, takePair, takeVariable],
	harlowe: [takeHarlowe, takePair, takeVariable],
	chapbook: [takeChapbook],
	snowman: [takeSnowman],
	plain: []
};

/** The story format that a story is written for: the one it names, else the one its passages look like. */
export function guessDialect(format: string | undefined, texts: readonly string[]): Dialect {
	const named = dialects.find((dialect) => format?.toLowerCase().startsWith(dialect));
	if (named) return named;
	if (texts.some((text) => /<<[A-Za-z/]/u.test(text))) return 'sugarcube';
	if (texts.some((text) => /\((?:if|set|else|link|goto|go-to|display|print|live):/iu.test(text)))
		return 'harlowe';
	if (texts.some((text) => text.includes('<%'))) return 'snowman';
	return 'plain';
}

const dialects = ['sugarcube', 'harlowe', 'chapbook', 'snowman'] as const;

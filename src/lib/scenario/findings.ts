import type { Localised } from '#lib/content/localised.ts';
import { formatPath, type Problem } from '#lib/content/problem.ts';
import type { Path, Source } from '#lib/content/source.ts';

/** Gathers what is to be mended in one file. */
export class Findings {
	readonly problems: Problem[] = [];
	readonly #source: Omit<Source, 'value'>;

	constructor(source: Omit<Source, 'value'>) {
		this.#source = source;
	}

	/** Something that must be mended before the scenario can be used. */
	error(code: string, path: Path, message: Localised, way?: readonly string[]): void {
		this.#add('error', code, path, message, way);
	}

	/** Something that may be meant. */
	warn(code: string, path: Path, message: Localised): void {
		this.#add('warning', code, path, message);
	}

	/** What another check has found in the same file. */
	add(problems: readonly Problem[]): void {
		this.problems.push(...problems);
	}

	get file(): string {
		return this.#source.file;
	}

	/** Line on which a text of the file begins, counted from 1. */
	lineOfText(path: Path): number {
		return this.#source.lineOfText(path);
	}

	#add(
		severity: Problem['severity'],
		code: string,
		path: Path,
		message: Localised,
		way?: readonly string[]
	): void {
		this.problems.push({
			code,
			severity,
			file: this.#source.file,
			line: this.#source.lineOf(path),
			path: formatPath(path),
			message: way === undefined ? message : tellWay(way, message),
			...(way === undefined ? {} : { way })
		});
	}
}

/** Puts the choices that lead to a fault before the sentence about it. */
function tellWay(way: readonly string[], message: Localised): Localised {
	const shown = way.join(' → ');
	return {
		da: `${shown || 'Ved begyndelsen'}: ${message.da}`,
		en: `${shown || 'at the start'}: ${message.en}`
	};
}

import type { Localised } from './localised.ts';
import { formatPath, type Problem } from './problem.ts';
import type { Path, Source } from './source.ts';

/** Says a problem about a place in a file. */
export type Report = (code: string, path: Path, message: Localised) => Problem;

/** Makes errors about one file. */
export function errorsIn(source: Source): Report {
	return (code, path, message) => ({
		code,
		severity: 'error',
		file: source.file,
		line: source.lineOf(path),
		path: formatPath(path),
		message
	});
}

/** Makes warnings about one file. */
export function warningsIn(source: Source): Report {
	const report = errorsIn(source);
	return (code, path, message) => ({ ...report(code, path, message), severity: 'warning' });
}

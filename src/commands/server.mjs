/** How the server is run: by `npm start`, and by whatever tests or measures it. */
import { join } from 'node:path';
import { findNode, root } from './install.mjs';

/**
 * By itself V8 grows with the machine's memory and keeps what it once needed for reading the
 * courses. Smaller steps hold the whole process to about half of that, at no cost one can measure.
 *
 * What is made for a request is over with it: nothing of it is to be put among what lasts because most of
 * its kind lasted once, or the great collections that stop everybody come three times as often.
 */
const memory = [
	'--max-semi-space-size=16',
	'--heap-growing-percent=40',
	'--no-allocation-site-pretenuring'
];

/** The program to run in the project's folder, and what its environment has unless it says otherwise. */
export function describeServer() {
	return {
		program: findNode(),
		parameters: [...memory, 'src/commands/serve.ts'],
		env: {
			NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'holdepunkt'),
			// Else each thread that compiles keeps memory of its own that it once needed.
			MALLOC_ARENA_MAX: '2'
		}
	};
}

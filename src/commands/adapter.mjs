/** What `vite build` leaves in the folder `build`, for the server to find. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'build';

/**
 * Puts the app's files for browsers into `client`, compressed as well, and what the server runs into
 * `server`, as Vite has bundled it.
 *
 * @returns {import('@sveltejs/kit').Adapter}
 */
export default function adapter() {
	return {
		name: 'holdepunkt',
		async adapt(builder) {
			builder.rimraf(folder);
			builder.writeClient(join(folder, 'client'));
			await builder.compress(join(folder, 'client'));
			const server = join(folder, 'server');
			builder.writeServer(server);
			const manifest = builder.generateManifest({ relativePath: './' });
			writeFileSync(join(server, 'manifest.js'), `export const manifest = ${manifest};\n`);
		},
		supports: { read: () => true }
	};
}

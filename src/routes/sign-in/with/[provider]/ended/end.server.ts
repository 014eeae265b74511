import * as v from 'valibot';
import type { App } from '#lib/app.ts';
import { endFromProvider } from '#lib/workplaces/provider-arrival.server.ts';

/** Providers may send along what the standard does not name. */
const said = v.object({ logout_token: v.pipe(v.string(), v.maxLength(8192)) });

/** Ends what a provider says it has ended; false where it does not say so as it must. */
export async function endByToken(app: App, provider: string, body: unknown): Promise<boolean> {
	const { success, output } = v.safeParse(said, body);
	return success && endFromProvider(app, provider, output.logout_token);
}

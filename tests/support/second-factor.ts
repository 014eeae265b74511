import { Secret, TOTP } from 'otpauth';
import { addTotp } from '#lib/identity/factors.server.ts';
import { offerTotp } from '#lib/identity/totp.server.ts';
import type { TestApp } from './app.ts';

/** An app on a phone: the code it shows at a moment. */
export function showCode(seed: string, at: Date): string {
	const secret = Secret.fromBase32(seed.replaceAll(' ', ''));
	return new TOTP({ secret }).generate({ timestamp: at.getTime() });
}

/** Sets up an app for somebody, as they would; returns its seed and the recovery codes. */
export async function setUpApp(
	app: TestApp,
	who: { person: string; organisation: string }
): Promise<{ seed: string; codes: readonly string[] }> {
	const { seed, carried } = offerTotp(app, who.person, { issuer: 'Holdepunkt', name: 'kim' });
	const code = showCode(seed, app.now());
	const codes = await addTotp(app, who, { carried, code });
	if (!codes) throw new Error('the first code was not taken');
	return { seed, codes };
}

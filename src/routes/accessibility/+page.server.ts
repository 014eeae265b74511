import { writeDay } from '#lib/time.ts';
import { axeRun, manualTests } from './proof.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { app, locale } }) => ({
	contact: app.contact ?? { phone: null, email: null, statement: null },
	run: axeRun && {
		day: writeDay(axeRun.day, locale),
		version: axeRun.version,
		axe: axeRun.axe,
		places: axeRun.places.da + axeRun.places.en
	},
	manual: manualTests.map(({ day, version, tool, found }) => ({
		day: writeDay(day, locale),
		version,
		tool: tool[locale],
		found: found[locale]
	}))
});

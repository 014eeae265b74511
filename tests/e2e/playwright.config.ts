import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import type { Choices } from './fixtures.ts';

const results = fileURLToPath(new URL('../../test-results/', import.meta.url));
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * What Playwright leaves out, which the browser is told only once, and the pages of the browser's own that
 * every new window loads behind its address bar: they take longer than ours.
 */
const withoutFeatures = [
	'AvoidUnnecessaryBeforeUnloadCheckSync',
	'DestroyProfileOnBrowserClose',
	'HttpsUpgrades',
	'HttpsFirstBalancedModeAutoEnable',
	'LensOverlay',
	'MediaRouter',
	'PaintHolding',
	'ThirdPartyStoragePartitioning',
	'AvoidCorsURLLoaderRestartOnRedirect',
	'OptimizationHints',
	'NetworkTimeServiceQuerying',
	'AimEnabled',
	'PreconnectToSearch',
	'WebUIOmniboxPopup',
	'WebUIOmniboxAimPopup',
	'WebUIOmniboxFullPopup'
];

export default defineConfig<Choices>({
	testDir: '.',
	globalSetup: './demonstration.ts',
	outputDir: `${results}e2e`,
	fullyParallel: true,
	workers: 2,
	retries: 0,
	forbidOnly: true,
	// Longer than anything takes on a slow machine: only a test that fails waits for it.
	timeout: 120_000,
	expect: { timeout: 20_000 },
	reporter: [['line'], ['json', { outputFile: `${results}e2e.json` }]],
	use: {
		browserName: 'chromium',
		viewport: { width: 1280, height: 800 },
		// Colours are measured as they are, not on their way to what they will be.
		contextOptions: { reducedMotion: 'reduce' },
		screenshot: 'only-on-failure',
		launchOptions: {
			executablePath: process.env.CHROMIUM_PATH ?? installed.find(canRun),
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--disable-quic',
				'--no-first-run',
				`--disable-features=${withoutFeatures.join()}`
			]
		}
	}
});

function canRun(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

const browsers: readonly [pattern: RegExp, name: string][] = [
	[/\bEdg(e|A|iOS)?\//, 'Edge'],
	[/\bSamsungBrowser\//, 'Samsung Internet'],
	[/\bOPR\/|\bOpera\b/, 'Opera'],
	[/\b(Firefox|FxiOS)\//, 'Firefox'],
	[/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
	[/\bVersion\/[\d.]+.*\bSafari\//, 'Safari']
];

const systems: readonly [pattern: RegExp, name: string][] = [
	[/\biPad\b/, 'iPad'],
	[/\biPhone\b/, 'iPhone'],
	[/\bAndroid\b/, 'Android'],
	[/\bCrOS\b/, 'ChromeOS'],
	[/\bWindows\b/, 'Windows'],
	[/\b(Macintosh|Mac OS X)\b/, 'Mac'],
	[/\bLinux\b/, 'Linux']
];

/**
 * Browser and system in two words, such as `Firefox, Android`, so that somebody knows their own device
 * again; no version, which would tell devices apart. Null where neither is known.
 */
export function describeDevice(userAgent: string | null): string | null {
	const find = (list: typeof browsers) =>
		list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
	return [find(browsers), find(systems)].filter(Boolean).join(', ') || null;
}

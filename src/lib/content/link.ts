/**
 * Whether a text may link there: https, mailto, or a path on this platform. Everything else, such as
 * javascript: and addresses of other hosts written as `//host` or `/\host`, is refused.
 */
export function isAllowedLink(address: string): boolean {
	// Browsers drop control characters and read a backslash as a slash.
	if (/[\s\\\p{Cc}]/u.test(address)) return false;
	if (address.startsWith('/')) return !address.startsWith('//');
	if (/^mailto:[^\s@]+@[^\s@]+$/iu.test(address)) return true;
	if (!/^https:\/\/[^/]/iu.test(address) || !URL.canParse(address)) return false;
	const url = new URL(address);
	return url.protocol === 'https:' && url.username === '' && url.password === '';
}

/**
 * The network an address belongs to, as far as one household or house holds it: an IPv4 address by
 * itself, the /64 of an IPv6 address. An unreadable address is its own network.
 */
export function networkOf(address: string): string {
	const plain = address.trim().toLowerCase().replace(/%.*$/, '');
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
	if (mapped?.[1]) return mapped[1];
	if (!plain.includes(':') || !URL.canParse(`http://[${plain}]`)) return plain;
	const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
	const [head = '', tail] = canonical.split('::');
	const front = head ? head.split(':') : [];
	const back = tail ? tail.split(':') : [];
	const gap = tail === undefined ? 0 : 8 - front.length - back.length;
	const groups = [...front, ...Array<string>(gap).fill('0'), ...back];
	return `${groups.slice(0, 4).join(':')}::/64`;
}

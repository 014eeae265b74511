import { expect, test } from 'vitest';
import { writeAddress } from './address.ts';

test.each([
	['/team', '/team'],
	['/team?sort=state&state=completed#people', '/team?sort=state&state=completed'],
	['/sign-in?/password', '/sign-in'],
	['/sign-in?/password&to=%2Fteam', '/sign-in?to=%2Fteam']
])('one comes back from %s to %s', (asked, address) => {
	expect(writeAddress(new URL(asked, 'http://localhost'))).toBe(address);
});

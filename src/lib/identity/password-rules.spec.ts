import { describe, expect, test } from 'vitest';
import { findPasswordFault } from './password-rules.ts';

const kirsten = ['Kirsten Winther', 'kirsten.winther@fjordby.example', 'Fjordby Kommune'];

describe('6.2.1 and 6.2.9: a password', () => {
	test.each([
		['of eleven characters is too short', 'vk8#qz!p2Lm', 'too-short'],
		['of twelve is long enough', 'vk8#qz!p2Lmx', null],
		['of 128 is not too long', 'vk8#qz!p2Lmx gåtur'.repeat(8).slice(0, 128), null],
		['of 129 is too long', 'vk8#qz!p2Lmx gåtur'.repeat(8).slice(0, 129), 'too-long'],
		[
			'of twelve signs that take two units each is counted by signs',
			'🍞🥛🧂🫖🍋🥚🧀🫑🌶🍅🥕🧄',
			null
		]
	])('%s', (_, password, fault) => {
		expect(findPasswordFault(password)).toBe(fault);
	});
});

test.each([
	'stol lampe flod gryde',
	'ingen tal her overhovedet',
	'        vrvlkptzmq',
	'839471640582',
	'ÆØÅ blåbærgrød på åen'
])('6.2.5: “%s” needs no digit, sign or capital letter', (password) => {
	expect(findPasswordFault(password, kirsten)).toBeNull();
});

describe('6.2.4 and 6.2.11: what is tried first is refused', () => {
	test.each([
		'password1234',
		'P4ssw0rd!!!!',
		'adgangskode1',
		'Sommer2024!!',
		'sommersommer',
		'123456789012',
		'098765432109',
		'aaaaaaaaaaaaa',
		'abcabcabcabc',
		'qwertyuiop12',
		'1q2w3e4r5t6y',
		'Holdepunkt123!',
		'holdepunkt-demo',
		'velkommen til',
		'unbelievable'
	])('%s', (password) => {
		expect(findPasswordFault(password, kirsten)).toBe('common');
	});

	test.each(['Fjordby Kommune 1', 'KirstenWinther', 'winther.kirsten12', 'fjordby-2026!'])(
		'%s, by who works there',
		(password) => {
			expect(findPasswordFault(password, kirsten)).toBe('common');
		}
	);

	test('but the name of somebody else among other words is not', () => {
		expect(findPasswordFault('vandkande winther sofapude', [])).toBeNull();
	});
});

test('the longest password is judged within a blink', () => {
	const began = performance.now();
	findPasswordFault('aq'.repeat(64), kirsten);
	findPasswordFault('vk8#qz!p'.repeat(16), kirsten);
	expect(performance.now() - began).toBeLessThan(250);
});

import { describe, expect, test } from 'vitest';
import { readSmtpUrl } from './smtp-url.ts';

describe('a mail server', () => {
	test('on another machine must speak TLS', () => {
		expect(readSmtpUrl('smtp://hold:p%40ss@mail.example')).toEqual({
			host: 'mail.example',
			port: 587,
			secure: false,
			requireTLS: true,
			auth: { user: 'hold', pass: 'p@ss' }
		});
	});

	test('may be told to speak plainly where it cannot do otherwise', () => {
		expect(readSmtpUrl('smtp://relay.example:25?requireTLS=false').requireTLS).toBe(false);
	});

	test('on this machine need not', () => {
		expect(readSmtpUrl('smtp://localhost:25').requireTLS).toBe(false);
	});

	test('with smtps speaks TLS from the first byte', () => {
		expect(readSmtpUrl('smtps://mail.example')).toMatchObject({ port: 465, secure: true });
	});

	test.each([
		'mail.example',
		'https://mail.example',
		'smtp://',
		'smtps://mail.example?tls.rejectUnauthorized=false',
		'smtp://mail.example?requireTLS=true'
	])('is not to be had from %s', (url) => {
		expect(() => readSmtpUrl(url)).toThrow(TypeError);
	});
});

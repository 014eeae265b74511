import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MailRefused } from './mail.ts';
import { createMailer, createMemoryMailer, sweepOutbox } from './mailer.server.ts';

const noon = new Date('2026-03-14T12:00:00Z');
const greeting = {
	to: { name: 'Åse', address: 'aase@example.org' },
	subject: 'Velkommen',
	text: 'Hej'
};

let dataDir: string;
beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'holdepunkt-mail-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

interface Received {
	recipients: string[];
	lines: string[];
}

/** A real mail server on a port of its own, which keeps what it is told. */
async function receive(options: { refuses?: boolean } = {}) {
	const received: Received[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onRcptTo: (_, session, done) => done(options.refuses ? new Error('no such person') : null),
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				received.push({
					recipients: session.envelope.rcptTo.map(({ address }) => address),
					lines: Buffer.concat(chunks).toString('utf8').split('\r\n')
				});
				done();
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const mailer = createMailer({
		smtpUrl: `smtp://127.0.0.1:${port}`,
		mailFrom: 'Holdepunkt <laering@example.org>',
		dataDir,
		isDemonstration: false,
		now: () => noon
	});
	return {
		mailer,
		received,
		close: () => new Promise<void>((resolve) => server.close(() => resolve()))
	};
}

function headersOf({ lines }: Received): string[] {
	return lines.slice(0, lines.indexOf(''));
}

describe('a mail by SMTP', () => {
	test('arrives with its words, marked as sent by a machine', async () => {
		const { mailer, received, close } = await receive();
		await mailer.send({ ...greeting, id: 'invitation-1' });
		await close();
		expect(mailer.kind).toBe('smtp');
		expect(received[0]!.recipients).toEqual(['aase@example.org']);
		expect(headersOf(received[0]!)).toEqual(
			expect.arrayContaining([
				'Subject: Velkommen',
				'Auto-Submitted: auto-generated',
				'Message-ID: <invitation-1@example.org>'
			])
		);
		expect(received[0]!.lines).toContain('Hej');
	});

	test.each([
		['a subject', { ...greeting, subject: 'Hej\r\nBcc: eve@example.org\r\n\r\nKlik her' }],
		['a name', { ...greeting, to: { ...greeting.to, name: 'Kim\r\nBcc: eve@example.org' } }],
		[
			'a bare line feed in a name',
			{ ...greeting, to: { ...greeting.to, name: 'Kim\nBcc: eve@example.org' } }
		]
	])('1.3.11 gains no header from a line break in %s', async (_, mail) => {
		const { mailer, received, close } = await receive();
		await mailer.send(mail);
		await close();
		expect(received[0]!.recipients).toEqual(['aase@example.org']);
		expect(headersOf(received[0]!).filter((line) => /^bcc/i.test(line))).toEqual([]);
		expect(received[0]!.lines).toContain('Hej');
	});

	test.each([
		'a@example.org, eve@example.org',
		'a@example.org\r\nBcc: eve@example.org',
		'nobody',
		''
	])('is refused when its address is "%s"', async (address) => {
		const { mailer, received, close } = await receive();
		await expect(mailer.send({ ...greeting, to: { address } })).rejects.toThrow(MailRefused);
		await close();
		expect(received).toEqual([]);
	});

	test('that the server does not take is an error, so that it is tried again', async () => {
		const { mailer, close } = await receive({ refuses: true });
		await expect(mailer.send(greeting)).rejects.toThrow();
		await close();
	});
});

describe('the outbox of a demonstration', () => {
	const outboxAt = (now: Date) => createMailer({ dataDir, isDemonstration: true, now: () => now });

	test('keeps each mail as a file that only its owner may read', async () => {
		const outbox = outboxAt(noon);
		await outbox.send(greeting);
		await outbox.send(greeting);
		const files = await readdir(join(dataDir, 'outbox'));
		expect(outbox.kind).toBe('outbox');
		expect(files).toEqual([
			expect.stringMatching(/^2026-03-14T120000\.000Z-.*\.eml$/),
			expect.stringMatching(/\.eml$/)
		]);
		const file = join(dataDir, 'outbox', files[0]!);
		expect((await stat(file)).mode & 0o077).toBe(0);
		expect(await readFile(file, 'utf8')).toMatch(/^Subject: Velkommen$/m);
	});

	test('is emptied of what is seven days old, and of nothing younger', async () => {
		await outboxAt(new Date('2026-03-07T11:59:59Z')).send(greeting);
		await outboxAt(new Date('2026-03-07T12:00:01Z')).send(greeting);
		expect(await sweepOutbox(dataDir, noon)).toBe(1);
		expect(await readdir(join(dataDir, 'outbox'))).toEqual([
			expect.stringContaining('2026-03-07T120001')
		]);
	});

	test('that was never used is swept without ado', async () => {
		expect(await sweepOutbox(dataDir, noon)).toBe(0);
	});
});

test('without a mail server and outside a demonstration there is no mail', async () => {
	const mailer = createMailer({ dataDir, isDemonstration: false, now: () => noon });
	expect(mailer.kind).toBe('none');
	await expect(mailer.send(greeting)).rejects.toThrow('no mail server is configured');
});

test('the memory mailer keeps mails as they would have been sent', async () => {
	const mailer = createMemoryMailer();
	await mailer.send({ ...greeting, subject: 'En\nto' });
	expect(mailer.sent).toEqual([{ ...greeting, subject: 'En to' }]);
});

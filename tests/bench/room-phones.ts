import { request, type IncomingMessage } from 'node:http';
import type { Server } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';

/** A room that was opened for measuring, and its facilitator. */
export interface BenchRoom {
	code: string;
	/** Presses something on the control. */
	press(action: string, fields: Readonly<Record<string, string>>): Promise<void>;
}

/** Plans an exercise on the demonstration's shelter scenario, and opens its room. */
export async function openBenchRoom({ origin }: Server): Promise<BenchRoom> {
	const visitor = await new Visitor(origin).signIn('key@demo.example');
	const form = await visitor.open('/plenary/new?kind=exercise');
	const given = (name: string) =>
		new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(form)?.[1] ??
		new RegExp(`value="([^"]*)"[^>]*name="${name}"`).exec(form)?.[1] ??
		'';
	const planned = await visitor.submit('/plenary/new', {
		id: given('id'),
		kind: 'exercise',
		workplace: given('workplace'),
		title: 'Measured',
		day: given('day'),
		time: given('time') || '12:00',
		minutes: '60',
		place: '',
		locale: 'da',
		scenario: 'reception-full-house',
		follows: '',
		coFacilitator: '',
		'pointMinutes[]': '60',
		'pointHeading[]': 'All of it',
		'pointWords[]': ''
	});
	const control = (await readAddress(planned)).replace(/\/plan$/, '');
	await visitor.submit(`${control}?/open`, {});
	const code = /class="digits[^"]*">([\d ]+)</.exec(await visitor.open(control))?.[1];
	if (!code) throw new Error('No room was opened.');
	return {
		code: code.replace(/\D/g, ''),
		async press(action, fields) {
			const led = await readAddress(await visitor.submit(`${control}?/${action}`, fields));
			if (led.includes('moved')) throw new Error(`The room did not ${action}.`);
		}
	};
}

/** Where an answer to a form leads: to who asks for no page, it is told in JSON. */
async function readAddress(response: Response): Promise<string> {
	const told = (await response.json()) as { type: string; location?: string };
	if (told.type !== 'redirect' || !told.location)
		throw new Error(`A form was not taken: ${JSON.stringify(told)}`);
	return told.location;
}

/** A phone that listens, as cheaply as it can be measured. */
export interface BenchPhone {
	/** Resolves with the time at which it hears of something new. */
	hears(): Promise<number>;
	vote(round: number, choice: string): Promise<boolean>;
	hangUp(): void;
}

export async function joinBenchPhone({ origin }: Server, code: string): Promise<BenchPhone> {
	const { port } = new URL(origin);
	const ask = (path: string, cookie: string, body?: string): Promise<IncomingMessage> => {
		const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
		const asked = request({
			port,
			path,
			method: body === undefined ? 'GET' : 'POST',
			agent: false,
			headers: {
				host: `localhost:${port}`,
				origin,
				cookie,
				...(body !== undefined && {
					'content-type': 'application/x-www-form-urlencoded',
					...(cookie && { accept: 'application/json', 'x-sveltekit-action': 'true' })
				})
			}
		});
		asked.on('response', resolve).on('error', reject).end(body);
		return promise;
	};
	const joined = await ask(`/join/${code}?/join`, '', '');
	joined.resume();
	const cookie = joined.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
	const stream = await ask(`/join/${code}/live`, cookie);
	if (!cookie || stream.statusCode !== 200) throw new Error('A phone was not let in.');
	let tell: (at: number) => void = () => undefined;
	// What the room is at when one comes; what is new comes later.
	stream.on('data', (chunk: Buffer) => {
		if (chunk.includes('event: view')) tell(performance.now());
	});
	stream.on('error', () => undefined);
	return {
		hears() {
			const { promise, resolve } = Promise.withResolvers<number>();
			tell = resolve;
			return promise;
		},
		async vote(round, choice) {
			const answer = await ask(
				`/join/${code}?/vote`,
				cookie,
				`round=${round}&choice=${encodeURIComponent(choice)}`
			);
			let text = '';
			for await (const chunk of answer.setEncoding('utf8')) text += chunk;
			return text.includes('"success"');
		},
		hangUp: () => stream.destroy()
	};
}

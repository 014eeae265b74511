import { expect, test } from 'vitest';
import { countListeners, listenTo, ringChannel, whisper } from './ring.ts';

function listen(channel: string) {
	const heard: unknown[] = [];
	const leave = listenTo(channel, {
		ring: () => heard.push('ring'),
		whisper: (data) => heard.push(data)
	});
	return { heard, leave };
}

test('a ring and a whisper reach everybody on their channel and nobody else', () => {
	const [one, two, elsewhere] = [listen('a'), listen('a'), listen('b')];
	ringChannel('a');
	whisper('a', { here: 1 });
	expect(one.heard).toEqual(['ring', { here: 1 }]);
	expect(two.heard).toEqual(one.heard);
	expect(elsewhere.heard).toEqual([]);
	for (const { leave } of [one, two, elsewhere]) leave();
});

test('whoever has left hears nothing more, and leaving twice takes nobody else along', () => {
	const [one, two] = [listen('a'), listen('a')];
	one.leave();
	one.leave();
	ringChannel('a');
	expect([one.heard, two.heard]).toEqual([[], ['ring']]);
	expect(countListeners('a')).toBe(1);
	two.leave();
	expect(countListeners('a')).toBe(0);
});

test('somebody who leaves as they are rung keeps nobody else from hearing it', () => {
	const heard: string[] = [];
	const leaveFirst = listenTo('a', { ring: () => leaveFirst(), whisper: () => undefined });
	const leaveSecond = listenTo('a', { ring: () => heard.push('ring'), whisper: () => undefined });
	ringChannel('a');
	ringChannel('a');
	expect(heard).toEqual(['ring', 'ring']);
	leaveSecond();
});

test('a ring on a channel where nobody listens is lost', () => {
	ringChannel('nobody');
	expect(countListeners('nobody')).toBe(0);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterPaint, workWhileIdle } from './idle.ts';

/** A browser in as far as these need one; each kind of moment comes when a test says so. */
class Moments {
	readonly frames = new Map<number, () => void>();
	readonly rests: (() => void)[] = [];
	readonly leaving = new EventTarget();
	#last = 0;

	give({ tellsIdle = true } = {}): void {
		vi.stubGlobal('requestAnimationFrame', (paint: () => void) => {
			this.#last += 1;
			this.frames.set(this.#last, paint);
			return this.#last;
		});
		vi.stubGlobal('cancelAnimationFrame', (frame: number) => this.frames.delete(frame));
		if (tellsIdle)
			vi.stubGlobal('requestIdleCallback', (work: () => void) => this.rests.push(work));
		for (const name of ['addEventListener', 'removeEventListener'] as const)
			vi.stubGlobal(name, this.leaving[name].bind(this.leaving));
	}

	/** Paints the coming frame, and does what was put right after it. */
	paint(): void {
		for (const [frame, paint] of [...this.frames]) {
			this.frames.delete(frame);
			paint();
		}
		vi.advanceTimersByTime(0);
	}

	rest(): void {
		this.rests.shift()?.();
	}
}

let moments: Moments;
beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	moments = new Moments();
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** Three pieces of work, and which of them have been done. */
function pieces() {
	const done: number[] = [];
	return { done, works: [1, 2, 3].map((piece) => () => void done.push(piece)) };
}

test('work begins after the frame is painted, and goes on in order, one piece in each rest', () => {
	moments.give();
	const { done, works } = pieces();
	workWhileIdle(works);
	expect(done).toEqual([]);
	moments.paint();
	expect(done).toEqual([1]);
	moments.rest();
	expect(done).toEqual([1, 2]);
	moments.rest();
	expect(done).toEqual([1, 2, 3]);
	expect(moments.rests).toEqual([]);
});

test('a browser that does not tell when it rests is given moments', () => {
	moments.give({ tellsIdle: false });
	const { done, works } = pieces();
	workWhileIdle(works);
	moments.paint();
	expect(done).toEqual([1]);
	vi.advanceTimersByTime(50);
	expect(done).toEqual([1, 2]);
	vi.advanceTimersByTime(50);
	expect(done).toEqual([1, 2, 3]);
});

test('what is left is not done once it is called off, whenever that is', () => {
	moments.give();
	const early = pieces();
	workWhileIdle(early.works)();
	moments.paint();
	expect(early.done).toEqual([]);

	const late = pieces();
	const leave = workWhileIdle(late.works);
	moments.paint();
	leave();
	moments.rest();
	expect(late.done).toEqual([1]);
});

test('called off between the painted frame and its work, nothing is done', () => {
	moments.give();
	const { done, works } = pieces();
	const leave = workWhileIdle(works);
	for (const paint of moments.frames.values()) paint();
	leave();
	vi.advanceTimersByTime(0);
	expect(done).toEqual([]);
});

test.each<[string, (moments: Moments) => void]>([
	['the frame is painted', (now) => now.paint()],
	['the page is left', (now) => now.leaving.dispatchEvent(new Event('pagehide'))],
	['a tab paints nothing for a while', () => vi.advanceTimersByTime(300)]
])('something is done once %s, and never twice', (_, come) => {
	moments.give();
	let times = 0;
	afterPaint(() => (times += 1));
	expect(times).toBe(0);
	come(moments);
	expect(times).toBe(1);
	moments.paint();
	moments.leaving.dispatchEvent(new Event('pagehide'));
	vi.advanceTimersByTime(1_000);
	expect(times).toBe(1);
});

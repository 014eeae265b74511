import { serveBare } from './bare.ts';
import type { Figure } from './figure.ts';
import type { Ground, Measure } from './ground.ts';
import { learner, pages, type Page } from './learner.ts';
import { askFor, combine, writeLoad, type Load } from './load.ts';

const rounds = 5;
const seconds = 3;
/** As long as V8 goes on compiling what is asked most: what is promised is the rate of a server that is up. */
const warmUp = 15;

/** Rates of signed-in pages, each in turn with a bare server that sends the same bytes. */
export const measure: Measure = async (ground) => {
	const visitor = await learner(ground);
	const figures: Figure[] = [];
	for (const page of pages) figures.push(await compare(ground, page, visitor));
	return figures;
};

async function compare(
	ground: Ground,
	{ name, path, budget }: Page,
	visitor: Awaited<ReturnType<typeof learner>>
): Promise<Figure> {
	const { origin } = await ground.serve();
	const html = await visitor.open(path);
	const bare = await serveBare(ground, html);
	const ask = { bare: () => askFor(bare, {}, seconds), page: () => askPage(seconds) };
	const askPage = (duration: number) => askFor(`${origin}${path}`, visitor.headers, duration);

	await askPage(warmUp);
	await askFor(bare, {}, 2);
	const found: Record<keyof typeof ask, Load[]> = { bare: [], page: [] };
	for (let round = 0; round < rounds; round += 1) {
		found.bare.push(await ask.bare());
		found.page.push(await ask.page());
	}
	const [sent, beside] = [combine(found.page), combine(found.bare)];
	const size = (Buffer.byteLength(html) / 1000).toFixed(0);
	return {
		what: `${name}, ${size} kB`,
		found: `${writeLoad(sent)}; bare ${writeLoad(beside)}`,
		value: sent.rate / beside.rate,
		unit: 'share',
		...(budget && { budget })
	};
}

import { setTimeout as wait } from 'node:timers/promises';
import { Visitor } from '#tests/support/visitor.ts';
import { serveBare } from './bare.ts';
import type { Figure } from './figure.ts';
import type { Ground, Measure } from './ground.ts';
import { askFor, combine, writeLoad, type Load } from './load.ts';
import { readMemory } from './memory.bench.ts';
import { reaches, serveService, type Reach, type Service } from './national.ts';
import { askSteadily } from './pace.ts';
import { prepareRecording, recordOn } from './recording.ts';
import { watch } from './watch.ts';

/** People of the large service, `BENCH_STAFF`; a folder with it, `BENCH_DATA`, spares making it. */
const { BENCH_STAFF = '120000', BENCH_DATA } = process.env;
const large = Number(BENCH_STAFF);
const small = 1000;
const rounds = 3;
const seconds = 3;
/** Rounds of what goes on beside each other: one slow moment of the machine decides a round. */
const roundsBeside = 7;
/** Seconds for which each page is asked before it counts, as in `pages.bench.ts`. */
const warmUp = 8;
/** Steps and pages a second that are to go beside each other. */
const pace = { steps: 200, pages: 100 } as const;

/** A national service beside one of a thousand people and an empty platform. */
export const measure: Measure = async (ground) => {
	const little = await serveService(ground, small, undefined);
	const nation = await serveService(ground, large, BENCH_DATA);
	return [
		...tellSizes(little, nation),
		...(await measureTeam(ground, little, nation)),
		...(await measureSteps(ground, nation)),
		...(await measureBeside(nation)),
		...(await measureExport(nation)),
		{
			what: 'memory after all that',
			found: '',
			value: readMemory(nation.server.pid),
			unit: 'MB'
		}
	];
};

function tellSizes(little: Service, nation: Service): Figure[] {
	const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
	const each = ({ sizes, staff }: Service) => (sizes.platform + sizes.private + sizes.keys) / staff;
	const tell = (service: Service): Figure => {
		const { platform, private: own, keys } = service.sizes;
		const took = service.took === null ? '' : `; made in ${service.took.toFixed(0)} s`;
		return {
			what: `${service.staff} people`,
			found: `platform ${mb(platform)}, private ${mb(own)}, keys ${mb(keys)}, ${(each(service) / 1000).toFixed(0)} kB a person${took}`
		};
	};
	return [tell(little), tell(nation)];
}

/** `/team` of each reach, in turn with a bare server that sends the same bytes, at both sizes. */
async function measureTeam(ground: Ground, little: Service, nation: Service): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const reach of Object.keys(reaches) as Reach[]) {
		const few = await compareTeam(ground, little, reach);
		const many = await compareTeam(ground, nation, reach);
		for (const { service, share, words } of [few, many])
			figures.push({
				what: `/team of a ${reach}, ${service.staff} people`,
				found: words,
				value: share,
				unit: 'share',
				budget: 'team'
			});
		figures.push({
			what: `/team of a ${reach}, its cost at ${large} beside ${small}`,
			found: '',
			value: few.share / many.share,
			unit: 'share',
			budget: 'teamGrowth'
		});
	}
	return figures;
}

async function compareTeam(ground: Ground, service: Service, reach: Reach) {
	const visitor = service.leaders[reach];
	const html = await visitor.open('/team');
	const bare = await serveBare(ground, html);
	const askPage = (duration: number) =>
		askFor(`${service.server.origin}/team`, visitor.headers, duration);
	await askPage(warmUp);
	await askFor(bare, {}, 1);
	const found: Record<'page' | 'bare', Load[]> = { page: [], bare: [] };
	for (let round = 0; round < rounds; round += 1) {
		found.bare.push(await askFor(bare, {}, seconds));
		found.page.push(await askPage(seconds));
	}
	const [page, beside] = [combine(found.page), combine(found.bare)];
	const size = `${(Buffer.byteLength(html) / 1000).toFixed(0)} kB`;
	const words = `${size}, ${writeLoad(page)}; bare ${writeLoad(beside)}`;
	return { service, share: page.rate / beside.rate, words };
}

/** A step on the national data in turn with one on a platform with forty people. */
async function measureSteps(ground: Ground, nation: Service): Promise<Figure[]> {
	const prepare = {
		empty: await prepareRecording(recordOn(await ground.serve())),
		nation: await prepareRecording(recordOn(nation.server))
	};
	const record = async (where: keyof typeof prepare) => {
		const run = await prepare[where](120);
		return run();
	};
	await record('empty');
	await record('nation');
	const found: Record<keyof typeof prepare, Load[]> = { empty: [], nation: [] };
	for (let round = 0; round < rounds; round += 1) {
		found.empty.push(await record('empty'));
		found.nation.push(await record('nation'));
	}
	const [empty, full] = [combine(found.empty), combine(found.nation)];
	return [
		{
			what: `a recorded step, its cost at ${large} beside an empty platform`,
			found: `${writeLoad(full)}; empty ${writeLoad(empty)}`,
			value: empty.rate / full.rate,
			unit: 'share',
			budget: 'stepGrowth'
		}
	];
}

/** Steps and pages at a steady pace: each alone, then both. */
async function measureBeside({ server, leaders }: Service): Promise<Figure[]> {
	const learner = await new Visitor(server.origin).signIn('staff@demo.example');
	const prepare = await prepareRecording(recordOn(server));
	const steps = () => prepare((pace.steps * seconds) / 10, pace.steps);
	const pages = () => askSteadily(`${server.origin}/`, learner.headers, seconds, pace.pages);
	await leaders.house.open('/team');
	const found: Record<'steps' | 'pages', { alone: Load[]; beside: Load[] }> = {
		steps: { alone: [], beside: [] },
		pages: { alone: [], beside: [] }
	};
	for (let round = 0; round < roundsBeside; round += 1) {
		const [first, second] = [await steps(), await steps()];
		found.steps.alone.push(await first());
		found.pages.alone.push(await pages());
		const [step, page] = await Promise.all([second(), pages()]);
		found.steps.beside.push(step);
		found.pages.beside.push(page);
	}
	return (['steps', 'pages'] as const).map((kind): Figure => {
		const alone = combine(found[kind].alone);
		const beside = combine(found[kind].beside);
		// Below a millisecond there is nothing to tell apart.
		const growth = Math.max(beside.p99, 1) / Math.max(alone.p99, 1);
		return {
			what: `p99 of ${pace[kind]} ${kind} a second beside the others`,
			found: `${writeLoad(beside)}; alone ${writeLoad(alone)}`,
			value: growth,
			unit: 'share',
			budget: 'beside'
		};
	});
}

/** The list of a municipality, while somebody else is on a page of theirs. */
async function measureExport({ server, leaders, municipality }: Service): Promise<Figure[]> {
	const learner = await new Visitor(server.origin).signIn('key@demo.example');
	const idle = await watch(learner, () => wait(2000));
	let list = '';
	const path = `/team/${municipality}/report.csv`;
	const during = await watch(learner, async () => {
		list = await leaders.municipality.open(path);
	});
	const lines = list.split('\n').length - 2;
	return [
		{
			what: `a page while ${lines} people are exported`,
			found: `${(during.took / 1000).toFixed(1)} s, ${(list.length / 1000).toFixed(0)} kB; longest ${during.longest.toFixed(0)} ms; by itself p99 ${idle.p99.toFixed(0)} ms`,
			value: during.p99,
			unit: 'ms',
			budget: 'pageWhileExporting'
		}
	];
}

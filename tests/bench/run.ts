/** `npm run bench [-- NAME …]`: runs the benchmarks and says of each budget whether it holds. */
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { ensureBuilt } from '../../src/commands/build.mjs';
import { CommandFailed, giveUp } from '../../src/commands/install.mjs';
import { budgets } from './budgets.ts';
import { holds, writeTable, type Figure } from './figure.ts';
import { prepareGround, type Measure } from './ground.ts';

const ending = '.bench.ts';
const all = readdirSync(import.meta.dirname)
	.filter((file) => file.endsWith(ending))
	.map((file) => file.slice(0, -ending.length))
	.sort();

try {
	process.exitCode = (await run(chooseFrom(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
	giveUp(error);
}

function chooseFrom(asked: readonly string[]): readonly string[] {
	const unknown = asked.filter((name) => !all.includes(name));
	if (unknown.length > 0) {
		throw new CommandFailed(
			`There is no benchmark called ${unknown.join(', ')}. There are: ${all.join(', ')}.`
		);
	}
	return asked.length > 0 ? asked : all;
}

/** True when every budget holds. */
async function run(names: readonly string[]): Promise<boolean> {
	await ensureBuilt();
	const [{ model = 'unknown processor' } = {}, ...others] = cpus();
	console.log(
		`Node ${process.versions.node}, ${others.length + 1} × ${model.trim()}.\nServer, bare server and load generator share these cores; bare and measured take turns.`
	);
	const figures: Figure[] = [];
	for (const name of names) figures.push(...(await report(name)));
	const judged = figures.filter(({ budget }) => budget !== undefined);
	const broken = judged.filter((figure) => !holds(figure));
	console.log(`\n${judged.length - broken.length} of ${judged.length} budgets hold.`);
	for (const { what, budget } of broken)
		if (budget) console.log(`  ${what}: ${budgets[budget].sentence}`);
	return broken.length === 0;
}

async function report(name: string): Promise<Figure[]> {
	const { measure } = (await import(`./${name}${ending}`)) as { measure: Measure };
	const ground = prepareGround();
	try {
		const figures = await measure(ground);
		console.log(`\n${name}\n${writeTable(figures)}`);
		return figures;
	} finally {
		await ground.clear();
	}
}

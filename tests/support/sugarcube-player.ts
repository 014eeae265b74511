/** A link as a player sees it. */
export interface ShownLink {
	text: string;
	target: string;
}

/**
 * Plays a Twee file as the story format SugarCube does, as far as our exports need it: conditions,
 * clamped variables, `goto`, links. Anything else that is a macro raises an error.
 */
export class SugarCubePlayer {
	readonly #passages = new Map<string, string>();
	#variables = new Map<string, number>();
	passage = '';
	links: ShownLink[] = [];
	/** What is left of the passage when its macros have run. */
	shown = '';

	constructor(twee: string) {
		for (const part of twee.split(/^::/mu).slice(1)) {
			const [header = '', ...lines] = part.split('\n');
			const name = header.replace(/[[{].*$/u, '').trim();
			this.#passages.set(name, lines.join('\n').trim());
		}
		this.#run(this.#passages.get('StoryInit') ?? '');
	}

	go(name: string): void {
		const text = this.#passages.get(name);
		if (text === undefined) throw new Error(`There is no passage "${name}".`);
		this.passage = name;
		this.links = [];
		this.shown = '';
		this.#run(text.replaceAll(/\/%[\s\S]*?%\//gu, '').replaceAll('\\\n', ''));
	}

	get gauges(): Record<string, number> {
		return Object.fromEntries(
			[...this.#variables].map(([name, value]) => [name.replaceAll('_', '-'), value])
		);
	}

	#run(text: string): void {
		const [token, name = '', args = ''] =
			/<<([\w=/]+)\s*((?:"(?:\\.|[^"\\])*"|[^>"])*)>>/u.exec(text) ?? [];
		if (token === undefined) return this.#show(text);
		const at = text.indexOf(token);
		this.#show(text.slice(0, at));
		const rest = text.slice(at + token.length);
		if (name === 'goto') return this.go(/"(.*)"/u.exec(args)?.[1] ?? '');
		if (name === 'set') this.#set(args);
		else if (name === 'if') return this.#choose(args, rest);
		else if (!['run', 'include'].includes(name)) throw new Error(`Unknown macro ${token}`);
		this.#run(rest);
	}

	#choose(condition: string, rest: string): void {
		const { branches, after } = splitBranches(condition, rest);
		const branch = branches.find(({ condition }) => this.#holds(condition));
		const before = this.passage;
		if (branch) this.#run(branch.body);
		if (this.passage === before) this.#run(after);
	}

	#holds(condition: string): boolean {
		return condition.split(' and ').every((part) => {
			if (['', 'true'].includes(part.trim())) return true;
			const [, name = '', side, bound] = /^\s*\$(\w+) (gte|lte) (-?\d+)\s*$/u.exec(part) ?? [];
			const value = this.#variables.get(name);
			if (value === undefined) throw new Error(`Unknown condition "${part}"`);
			return side === 'gte' ? value >= Number(bound) : value <= Number(bound);
		});
	}

	#set(args: string): void {
		if (args.trim() === '$way to []') return;
		const [, name = '', sum = '', min, max] =
			/^\$(\w+) to Math\.clamp\(([^,]+), (-?\d+), (-?\d+)\)$/u.exec(args.trim()) ?? [];
		const [, own, sign, size] = /^\$(\w+) ([+-]) (\d+)$/u.exec(sum) ?? [];
		const value = own ? (this.#variables.get(own) ?? NaN) : Number(sum);
		const changed = own ? value + (sign === '-' ? -1 : 1) * Number(size) : value;
		if (Number.isNaN(changed)) throw new Error(`Unknown assignment "${args}"`);
		this.#variables.set(name, Math.min(Number(max), Math.max(Number(min), changed)));
	}

	#show(text: string): void {
		this.shown += text.replaceAll(/\[\[.*?\]\]/gu, '');
		for (const [, link = ''] of text.matchAll(/\[\[(.*?)\]\]/gu)) {
			const stroke = link.lastIndexOf('|');
			const words = link.slice(0, stroke);
			this.links.push({
				text: words.startsWith('"') ? (JSON.parse(words) as string) : words,
				target: link.slice(stroke + 1)
			});
		}
	}
}

function splitBranches(first: string, rest: string) {
	const branches = [{ condition: first, body: '' }];
	let depth = 0;
	let from = 0;
	for (const tag of rest.matchAll(/<<(\/if|if|elseif|else)\b\s*([^>]*)>>/gu)) {
		const isOwn = depth === 0 && tag[1] !== 'if';
		if (isOwn) branches[branches.length - 1]!.body = rest.slice(from, tag.index);
		if (isOwn && tag[1] === '/if')
			return { branches, after: rest.slice(tag.index + tag[0].length) };
		if (isOwn) {
			branches.push({ condition: tag[2] ?? '', body: '' });
			from = tag.index + tag[0].length;
		}
		if (tag[1] === 'if') depth += 1;
		if (tag[1] === '/if') depth -= 1;
	}
	throw new Error('A condition is not closed.');
}

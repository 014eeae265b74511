import type { AnyStateMachine, StateNode } from 'xstate';

const history = 'history';

/**
 * A machine as the text of a Mermaid state diagram, drawn from the machine itself. States whose inside
 * would tell nothing more are left closed.
 */
export function drawMachine(machine: AnyStateMachine, closed: readonly string[] = []): string {
	const lines = ['stateDiagram-v2', ...drawInside(machine.root, closed, 1)];
	return `${lines.join('\n')}\n`;
}

function drawInside(parent: StateNode, closed: readonly string[], depth: number): string[] {
	const children = Object.values(parent.states);
	return [
		...drawFirst(parent, depth),
		...children.flatMap((child) => drawState(child, closed, depth)),
		...children.flatMap((child) => drawWays(child, closed, depth)),
		...(depth === 1 ? drawFromAnywhere(parent) : [])
	];
}

function drawFirst(parent: StateNode, depth: number): string[] {
	const first = parent.initial.target[0];
	return first ? [indent(depth, `[*] --> ${nameOf(first)}`)] : [];
}

function drawState(node: StateNode, closed: readonly string[], depth: number): string[] {
	const name = nameOf(node);
	const title = indent(depth, `state "${titleOf(node)}" as ${name}`);
	const hasInside = Object.keys(node.states).length > 0 && !closed.includes(node.key);
	const inside = hasInside
		? [indent(depth, `state ${name} {`), ...drawInside(node, closed, depth + 1), indent(depth, '}')]
		: [];
	const end = node.type === 'final' ? [indent(depth, `${name} --> [*]`)] : [];
	return [title, ...inside, ...end];
}

/** Each way out, named by its event and what must hold; several from one state to another stand once. */
function drawWays(node: StateNode, closed: readonly string[], depth: number): string[] {
	const from = nameOf(node);
	const ways = [...node.transitions.values()].flat().concat(node.always ?? []);
	const lines = ways.flatMap(({ eventType, guard, target }) =>
		(target ?? []).map((to) =>
			indent(depth, `${from} --> ${nameOf(findSeen(to, closed))}: ${tellWay(eventType, guard)}`)
		)
	);
	return [...new Set(lines)];
}

/** The state itself, or the closed one it lies in. */
function findSeen(node: StateNode, closed: readonly string[]): StateNode {
	let seen = node;
	for (let one = node.parent; one; one = one.parent) if (closed.includes(one.key)) seen = one;
	return seen;
}

/** A way that every state has stands once, beside where it leads. */
function drawFromAnywhere(root: StateNode): string[] {
	return [...root.transitions.values()]
		.flat()
		.flatMap(({ eventType, target }) =>
			(target ?? []).map((to) =>
				indent(1, `note right of ${nameOf(to)}: ${eventType}, from anywhere`)
			)
		);
}

function tellWay(eventType: string, guard: unknown): string {
	const event = eventType.startsWith('xstate.done.') ? 'done' : eventType;
	const when = tellGuard(guard);
	if (event === '') return when || 'always';
	return when ? `${event} ${when}` : event;
}

function tellGuard(guard: unknown): string {
	if (typeof guard !== 'object' || guard === null || !('params' in guard)) return '';
	const { params } = guard as { params: { choice?: string; how?: string; when?: object } };
	const name = params.choice ?? params.how ?? '';
	const bounds = Object.entries(params.when ?? {}).map(([gauge, bound]) => tellBound(gauge, bound));
	return [name, bounds.length > 0 ? `[${bounds.join(', ')}]` : ''].filter(Boolean).join(' ');
}

function tellBound(gauge: string, { min, max }: { min?: number; max?: number }): string {
	if (min !== undefined && max !== undefined) return `${gauge} ${min} to ${max}`;
	return min !== undefined ? `${gauge} at least ${min}` : `${gauge} at most ${max}`;
}

function titleOf(node: StateNode): string {
	const key = node.key.replace(':', ', ');
	return node.type === history ? `${key} (deep history)` : key;
}

/** What the diagram knows a state by: letters and underscores, the same for the same state. */
function nameOf(node: StateNode): string {
	return node.path.join('__').replace(/\W/gu, '_');
}

function indent(depth: number, line: string): string {
	return `${'    '.repeat(depth)}${line}`;
}

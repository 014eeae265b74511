import { expect, test } from 'vitest';
import { orderAsTree } from './tree-order.ts';

const place = (id: string, parent: string | null, name = id) => ({ id, parent, name });

test('what lies below a workplace follows it, side by side as in Danish', () => {
	const ordered = orderAsTree([
		place('ø', 'top', 'Østre'),
		place('z', 'top', 'Zenit'),
		place('top', null),
		place('under-z', 'z'),
		place('å', 'top', 'Åhuset')
	]);
	expect(ordered.map(({ id, depth }) => [id, depth])).toEqual([
		['top', 0],
		['z', 1],
		['under-z', 2],
		['ø', 1],
		['å', 1]
	]);
});

test('a house whose parent is not in the list stands at the top of it', () => {
	expect(orderAsTree([place('north', 'elsewhere')])).toMatchObject([{ id: 'north', depth: 0 }]);
});

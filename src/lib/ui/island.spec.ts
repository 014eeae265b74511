import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeData } from './island.ts';

test('no text of a page’s data can end the element it stands in, and all of it comes back', () => {
	const unruly = fc.oneof(
		fc.string(),
		fc.constantFrom('</script>', '<!--', '<script>', '</SCRIPT ', ']]>', '\u2028<')
	);
	fc.assert(
		fc.property(fc.array(fc.record({ text: unruly })), (data) => {
			const written = writeData(data);
			expect(written).not.toContain('<');
			expect(JSON.parse(written)).toEqual(data);
		})
	);
});

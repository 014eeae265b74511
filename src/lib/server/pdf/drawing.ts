import type { Sheet } from './document.ts';
import { palette, type Colour } from './palette.ts';

/** How a shape is painted; a colour that is not given is not painted. */
export interface Paint {
	fill?: Colour;
	stroke?: Colour;
	/** Of the line, in points. */
	width?: number;
	/** Lengths of dash and gap, in points. */
	dash?: number;
}

/** A surface to draw on, in points from its upper left corner. */
export interface Surface {
	rect(x: number, y: number, width: number, height: number, paint: Paint): void;
	circle(x: number, y: number, radius: number, paint: Paint): void;
	/** Through points, from the first to the last. */
	line(points: readonly (readonly [x: number, y: number])[], paint: Paint): void;
	/** As SVG writes a path. */
	path(shape: string, paint: Paint): void;
	/** Draws what `draw` draws so many times as large. */
	scale(factor: number, draw: () => void): void;
	/** A text on one line; `y` is its upper edge. */
	label(
		text: string,
		x: number,
		y: number,
		how?: { size?: number; colour?: Colour; anchor?: 'start' | 'middle' | 'end'; strong?: boolean }
	): void;
}

export type Draw = (surface: Surface) => void;

export function drawOn(doc: PDFKit.PDFDocument, sheet: Sheet, x: number, y: number): Surface {
	doc.translate(x, y);
	const paint = ({ fill, stroke, width = 1, dash }: Paint) => {
		doc.lineWidth(width);
		if (dash !== undefined) doc.dash(dash, {});
		else doc.undash();
		if (fill && stroke) doc.fillAndStroke(palette[fill], palette[stroke]);
		else if (fill) doc.fill(palette[fill]);
		else if (stroke) doc.stroke(palette[stroke]);
	};
	return {
		rect(left, top, width, height, how) {
			doc.rect(left, top, width, height);
			paint(how);
		},
		circle(left, top, radius, how) {
			doc.circle(left, top, radius);
			paint(how);
		},
		line(points, how) {
			points.forEach(([left, top], nth) => {
				if (nth === 0) doc.moveTo(left, top);
				else doc.lineTo(left, top);
			});
			paint(how);
		},
		path(shape, how) {
			doc.path(shape);
			paint(how);
		},
		scale(factor, draw) {
			doc.save();
			doc.scale(factor);
			draw();
			doc.restore();
		},
		label(text, left, top, { size = 8.5, colour = 'ink', anchor = 'start', strong = false } = {}) {
			sheet.set({ size, colour, weight: strong ? 'bold' : 'regular' });
			const shown = sheet.spell(text);
			const width = doc.widthOfString(shown);
			const shift = anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2;
			doc.text(shown, left - shift, top, { lineBreak: false });
		}
	};
}

/**
 * The colours of what is printed: those of the screen by day (`tokens.css`), on the white of the paper.
 * A spec holds the two together.
 */
export const palette = {
	ink: '#1f2522',
	'ink-soft': '#535a53',
	line: '#ddd4c3',
	'line-strong': '#827d6e',
	green: '#21503f',
	'green-soft': '#dde7da',
	clay: '#914324',
	'clay-soft': '#f4e0d2',
	blue: '#2f5473',
	'blue-soft': '#dfe7ec'
} as const;

export type Colour = keyof typeof palette;

import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the process tells of itself to whoever watches it: counts and times, and nobody's name. */
export interface Metrics {
	/** A request was answered; `route` is the id of a route and never an address. */
	answered(request: {
		route: string | null;
		method: string;
		status: number;
		milliseconds: number;
	}): void;
}

/** Figures read when they are asked for, by the value of the one label where there are several. */
export interface Reading {
	name: string;
	help: string;
	label?: string;
	read(): Promise<Readonly<Record<string, number | undefined>>>;
}

export interface CollectedMetrics extends Metrics {
	/** In the text form of Prometheus. */
	write(): Promise<{ type: string; text: string }>;
}

/** Where nobody asks, nothing is counted. */
export const noMetrics: Metrics = { answered: () => undefined };

/** Collects the figures of this process, those of Node.js among them. */
export function collectMetrics(readings: readonly Reading[]): CollectedMetrics {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const requests = new Histogram({
		name: 'holdepunkt_request_seconds',
		help: 'Answered requests by route, method and status, and how long each took',
		labelNames: ['route', 'method', 'status'] as const,
		buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
		registers: [registry]
	});
	for (const reading of readings) addReading(registry, reading);
	return {
		answered({ route, method, status, milliseconds }) {
			requests.observe({ route: route ?? 'none', method, status }, milliseconds / 1000);
		},
		async write() {
			return { type: registry.contentType, text: await registry.metrics() };
		}
	};
}

function addReading(registry: Registry, { name, help, label, read }: Reading): void {
	const labelNames = label === undefined ? [] : [label];
	new Gauge({
		name: `holdepunkt_${name}`,
		help,
		labelNames,
		registers: [registry],
		async collect() {
			this.reset();
			// What cannot be read just now is not there; the others are.
			const found = await read().catch(() => ({}));
			for (const [value, number] of Object.entries(found)) {
				if (number === undefined) continue;
				if (label === undefined) this.set(number);
				else this.set({ [label]: value }, number);
			}
		}
	});
}

/** Milliseconds that this thread has computed since then, however busy the machine was otherwise. */
export function effortSince(begun: NodeJS.CpuUsage): number {
	const { user, system } = process.threadCpuUsage(begun);
	return (user + system) / 1000;
}

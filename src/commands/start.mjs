/** `npm start`: from a fresh clone to a running platform, and within seconds from then on. */
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) {
	console.error(`Holdepunkt needs Node 20 or newer; this is Node ${process.versions.node}.`);
	process.exit(1);
}

// Imported only now: older versions cannot read what follows.
const { ensureInstalled, giveUp, root } = await import('./install.mjs');

try {
	await ensureInstalled();
	const { ensureBuilt } = await import('./build.mjs');
	await ensureBuilt();
	await serve();
} catch (error) {
	giveUp(error);
}

/** Serves until it is stopped, and ends as the server ended. */
async function serve() {
	const { spawn } = await import('node:child_process');
	const { constants } = await import('node:os');
	const { describeServer } = await import('./server.mjs');
	const { program, parameters, env } = describeServer();
	const server = spawn(program, parameters, {
		cwd: root,
		// The channel says nothing; that it breaks tells the server that nobody is left to stop it.
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
		env: { ...env, ...process.env }
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
	}
	watchNpm(() => server.kill('SIGTERM'));
	server.on('error', giveUp);
	server.on('exit', (code, signal) => {
		process.exit(code ?? 128 + constants.signals[signal]);
	});
}

/** A signal to npm alone ends npm and its shell, and does not come this far. */
function watchNpm(stop) {
	if (!process.env.npm_lifecycle_event) return;
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		stop();
	}, 250);
}

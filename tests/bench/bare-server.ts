/** A server that does nothing but send one page: what the platform's own rates are compared with. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const page = readFileSync(process.argv[2] ?? '');

createServer((request, response) => {
	request.resume();
	response.writeHead(200, {
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Length': page.length
	});
	response.end(page);
}).listen(Number(process.env.PORT), '127.0.0.1');

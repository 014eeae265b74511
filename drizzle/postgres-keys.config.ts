import { defineConfig } from 'drizzle-kit';

// The tables are built for the engine that this names, see dialect.ts; nothing is connected.
process.env.DATABASE_URL ??= 'postgres://nowhere';

export default defineConfig({
	dialect: 'postgresql',
	casing: 'snake_case',
	schema: './src/lib/practice/key-tables.server.ts',
	out: './drizzle/postgres/keys'
});

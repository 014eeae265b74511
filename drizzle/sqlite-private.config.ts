import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'sqlite',
	casing: 'snake_case',
	schema: './src/lib/practice/tables.server.ts',
	out: './drizzle/sqlite/private'
});

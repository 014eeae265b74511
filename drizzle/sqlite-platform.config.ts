import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'sqlite',
	casing: 'snake_case',
	schema:
		'./src/lib/{audit,identity,workplaces,scenario,completion,certificates,authoring,plenary,notifications,server/jobs}/tables.server.ts',
	out: './drizzle/sqlite/platform'
});

import { redirect } from '@sveltejs/kit';
import { groupCode, readCode } from '#lib/identity/one-time-code.ts';
import type { PageServerLoad } from './$types';

/** A code that was typed leads to its page, however it was typed. */
export const load: PageServerLoad = ({ url }) => {
	const typed = url.searchParams.get('code')?.trim();
	if (!typed) return {};
	const code = readCode(typed);
	redirect(303, `/certificates/${encodeURIComponent(code ? groupCode(code) : typed.slice(0, 40))}`);
};

import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '#lib/errors.ts';
import { findRoomByCode } from '#lib/plenary/phones.server.ts';
import { readForm } from '../forms.ts';
import { answer } from '../respond.ts';
import type { Actions } from './$types';

const typed = v.strictObject({ code: v.pipe(v.string(), v.maxLength(40)) });

export const actions = {
	default: (event) =>
		answer(async () => {
			const { app } = event.locals;
			const { success, output } = await readForm(event.request, typed);
			if (!success) throw new DomainError('invalid', 'form');
			const code = output.code.replace(/[^\d]/g, '');
			try {
				await findRoomByCode(app, code, event.getClientAddress());
			} catch (thrown) {
				if (!(thrown instanceof DomainError)) throw thrown;
				if (thrown.code === 'not-found') return fail(404, { fault: 'unknown' as const, ...output });
				if (thrown.code === 'too-many') return fail(429, { fault: 'wait' as const, ...output });
				throw thrown;
			}
			redirect(303, `/join/${code}`);
		})
} satisfies Actions;

import { answer } from '../../../respond.ts';
import { loadTeam } from '../../load.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => ({ team: await loadTeam(event, event.params.workplace, 'named') }));

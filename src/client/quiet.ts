/** What only a page on a shared tablet does: it signs out who has gone. */
import { liveQuiet } from '#lib/ui/live/quiet.ts';

liveQuiet();

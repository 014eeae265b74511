/** What every page can do beyond its HTML: small, and none of it needed to get on. */
import { liveArrival } from '#lib/ui/live/arrive.ts';
import { liveForms } from '#lib/ui/live/forms.ts';
import { liveLeave } from '#lib/ui/live/leave.ts';
import { liveOrders } from '#lib/ui/live/order.ts';
import { livePause } from '#lib/ui/live/pause.ts';
import { livePrint } from '#lib/ui/live/print.ts';
import { liveReadAloud } from '#lib/ui/live/read-aloud.ts';
import { liveReaderMenus } from '#lib/ui/live/reader-menu.ts';
import { recallWishes, showWishes } from '#lib/ui/live/reader.ts';
import { liveSignOut } from '#lib/ui/live/sign-out.ts';

showWishes(recallWishes());
liveLeave();
livePause();
liveOrders();
liveForms();
liveReadAloud();
liveReaderMenus();
livePrint();
liveSignOut();
liveArrival();
// Styles show what only works with scripts by this, and tests wait for it.
document.documentElement.dataset['live'] = '';

/** What the screens of a room can do beyond their HTML: wall, control and phones. */
import { liveRoom } from '#lib/plenary/ui/live-room.ts';

liveRoom();

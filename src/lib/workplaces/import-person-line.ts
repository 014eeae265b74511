import type { Role } from '#lib/access/roles.ts';
import { fold } from '#lib/identity/fold.ts';
import {
	isReason,
	judgeId,
	judgeName,
	readDay,
	sortCells,
	type Cells,
	type FileRow,
	type Read
} from './import-cells.ts';
import type { Field } from './import-columns.ts';
import { refuse, type Reason } from './import-reason.ts';

/** What a line says of somebody. What it does not say is left as it is. */
export interface PersonLine {
	employeeId: string | null;
	name: string | null;
	email: string | null;
	username: string | null;
	/** External ids, names or paths. */
	workplaces: readonly string[];
	/** Of Moodle: they count where they name a workplace. */
	cohorts: readonly string[];
	/** Null where the line says nothing of roles; none for who is staff alone. */
	roles: readonly Role[] | null;
	locale: 'da' | 'en' | null;
	from: string | null;
	until: string | null;
	away: { from: string; until: string | null } | null;
	/** Said to be gone, without a day. */
	isGone: boolean;
}

/** Reads a line of people, or says why it is refused. */
export function readPersonLine(fields: readonly (Field | null)[], row: FileRow): Read<PersonLine> {
	const cells = sortCells(fields, row);
	const value = isReason(cells) ? cells : understand(cells);
	return isReason(value) ? { line: row.line, reason: value } : { line: row.line, value };
}

function understand(cells: Cells): PersonLine | Reason {
	const who = readWho(cells);
	if (isReason(who)) return who;
	const roles = readRoles(cells.role);
	if (roles && isReason(roles)) return roles;
	const locale = readLocale(cells.locale?.[0]);
	if (locale !== null && typeof locale === 'object') return locale;
	const days = readDays(cells);
	if (isReason(days)) return days;
	return {
		...who,
		workplaces: (cells.workplace ?? []).flatMap(splitSeveral),
		cohorts: (cells.cohort ?? []).flatMap(splitSeveral),
		roles,
		locale,
		...days,
		isGone: [cells.suspended, cells.deleted].some((cell) => cell?.[0] === '1')
	};
}

type Who = Pick<PersonLine, 'employeeId' | 'name' | 'email' | 'username'>;

function readWho(cells: Cells): Who | Reason {
	const first = (field: Field) => cells[field]?.[0] ?? null;
	const both = [first('firstName'), first('lastName')].filter((part) => part !== null).join(' ');
	const name = first('name') ?? (both || null);
	const employeeId = first('employeeId');
	const asked = first('username')?.toLowerCase() ?? null;
	// Moodle's user names are often addresses; one signs in with those as such.
	const isAddress = asked?.includes('@') ?? false;
	const email = first('email')?.toLowerCase() ?? (isAddress ? asked : null);
	const username = isAddress ? null : asked;
	if (employeeId === null && email === null && username === null) return { code: 'no-key' };
	const reason =
		(name && judgeName(name)) ||
		(employeeId && judgeId(employeeId)) ||
		(email && judgeEmail(email)) ||
		(username && judgeUsername(username));
	return reason || { employeeId, name, email, username };
}

function judgeEmail(email: string): Reason | null {
	const isEmail =
		email.length <= 254 &&
		/^[^\s@<>"'|,;:=()\\]+@[^\s@<>"'|,;:=()\\.]+(\.[^\s@<>"'|,;:=()\\.]+)+$/.test(email);
	return isEmail ? null : refuse('bad-email', email);
}

function judgeUsername(username: string): Reason | null {
	return /^[a-z0-9][a-z0-9._-]{1,39}$/.test(username) ? null : refuse('bad-username', username);
}

/** Several in one cell stand between upright strokes or semicolons. */
function splitSeveral(cell: string): string[] {
	return cell
		.split(/[|;]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

const roleNames: readonly (readonly [role: Role, ...names: string[]])[] = [
	['staff', 'medarbejder', 'staff', 'ingen', 'none'],
	[
		'contact-staff',
		'fastkontakt',
		'personaleifastkontakt',
		'medarbejderifastkontakt',
		'contactstaff',
		'staffinregularcontact'
	],
	['key-staff', 'noglemedarbejder', 'nogleperson', 'keystaff'],
	['leader', 'leder', 'leader', 'manager'],
	['peer-supporter', 'peerstottemedarbejder', 'peermedarbejder', 'peersupporter', 'peer'],
	['editor', 'fagligredaktor', 'redaktor', 'editor', 'subjectexpert'],
	['administrator', 'administrator', 'admin']
];

function readRoles(cells: readonly string[] | undefined): Role[] | Reason | null {
	if (!cells) return null;
	const roles = new Set<Role>();
	for (const text of cells.flatMap(splitSeveral)) {
		const name = fold(text).replace(/[^a-z]/g, '');
		const [role] = roleNames.find(([, ...names]) => names.includes(name)) ?? [];
		if (!role) return refuse('unknown-role', text);
		if (role === 'administrator') return { code: 'role-administrator' };
		if (role !== 'staff') roles.add(role);
	}
	return [...roles].sort();
}

const languageNames: Readonly<Record<string, 'da' | 'en'>> = {
	da: 'da',
	dansk: 'da',
	danish: 'da',
	dk: 'da',
	en: 'en',
	engelsk: 'en',
	english: 'en',
	'en-gb': 'en',
	en_us: 'en'
};

function readLocale(text: string | undefined): 'da' | 'en' | Reason | null {
	if (text === undefined) return null;
	return languageNames[text.toLowerCase()] ?? refuse('unknown-language', text);
}

type Days = Pick<PersonLine, 'from' | 'until' | 'away'>;

function readDays(cells: Cells): Days | Reason {
	const days: { [field in Field]?: string } = {};
	for (const field of ['from', 'until', 'awayFrom', 'awayUntil'] as const) {
		const text = cells[field]?.[0];
		if (text === undefined) continue;
		const day = readDay(text);
		if (day === null) return refuse('bad-date', text);
		days[field] = day;
	}
	const { from = null, until = null, awayFrom, awayUntil } = days;
	const isReversed = (a?: string | null, b?: string | null) => !!a && !!b && b < a;
	if (isReversed(from, until) || isReversed(awayFrom, awayUntil)) return { code: 'dates-reversed' };
	if (awayUntil && !awayFrom) return refuse('bad-date', awayUntil);
	return { from, until, away: awayFrom ? { from: awayFrom, until: awayUntil ?? null } : null };
}

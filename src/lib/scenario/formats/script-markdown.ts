import type { Script, ScriptScene } from './script.ts';
import { sayInScript } from './script.ts';
import type { ScriptWord } from './script-words.ts';

/** A script as Markdown, for those who want to change it before they print it. */
export function writeScriptMarkdown(script: Script): string {
	const say = (word: ScriptWord, values?: Readonly<Record<string, string | number>>) =>
		sayInScript(word, script.locale, values);
	const scene = (number: number) => say('scene', { number }).toLowerCase();
	const scales = script.scales.map(({ letter, start, words }) => {
		const told = words.map(({ from, to, word }) => `${word} (${from} – ${to})`).join(', ');
		return `**${say('scale', { letter })}.** ${told}. ${say('begins', { value: start })}.`;
	});
	const cards = script.cards.map(({ name, about, lines }) => {
		const said = lines?.map(({ scene: number, text }) => `${say('scene', { number })}: ${text}`);
		const none = said?.length === 0 ? [say('noLines')] : [];
		return join(`### ${name}`, about, ...none, said && list(said));
	});
	const stops = script.stops.map(({ scene: number, minutes, ask }) =>
		join(`### ${say('scene', { number })} (${minutes} min.)`, list(ask))
	);
	const whys = script.whys.map(({ scene: number, ways }) =>
		join(
			`### ${say('scene', { number })}`,
			list(ways.map(({ letter, text, why }) => `**${letter})** ${text} *${toMarkdown(why)}*`))
		)
	);
	const contacts = script.contacts.map(({ name, number, hours, audience }) =>
		[`**${name}**`, number, hours, audience].filter((part) => part !== undefined).join(' · ')
	);
	const chapter = (word: ScriptWord, ...parts: readonly (string | undefined)[]) =>
		parts.some((part) => part !== undefined && part !== '')
			? join(`## ${say(word)}`, ...parts)
			: '';
	const told = join(
		`# ${script.title}`,
		`*${say('kind')}*`,
		script.summary,
		list(script.facts),
		chapter('contentNote', script.contentNote),
		chapter('everybody', list(script.needs)),
		chapter('people', list(script.people.map(({ name, about }) => `**${name}.** ${about}`))),
		scales.length > 0 ? chapter('scales', say('scalesText'), list(scales)) : '',
		chapter('scenes', ...script.scenes.map((one) => writeScene(one, say, scene))),
		chapter('cards', ...cards),
		stops.length > 0 ? chapter('facilitator', say('facilitatorText'), ...stops) : '',
		chapter('afterwards', list(script.debrief)),
		chapter('outcomes', list(script.outcomes)),
		chapter('whys', say('whysText'), ...whys),
		contacts.length > 0 ? chapter('contacts', say('contactsText'), list(contacts)) : ''
	);
	return `${told}\n`;
}

type Say = (word: ScriptWord, values?: Readonly<Record<string, string | number>>) => string;

function writeScene(told: ScriptScene, say: Say, scene: (number: number) => string): string {
	const { number, text, says, flag, insteadOf, autos, choices, ending } = told;
	const ways = choices.map(({ letter, text: words, condition, consequence, moves, to }) =>
		[
			`**${letter})** ${words}`,
			...(condition === undefined ? [] : [`*${say('onlyIf', { condition })}.*`]),
			`**${say('then')}:** ${toMarkdown(consequence)}${moves === undefined ? '' : ` ${say('move', { moves })}`}`,
			`${say('ifYou')} ${scene(to)}.`
		].join('\\\n  ')
	);
	return join(
		`### ${say('scene', { number })}`,
		insteadOf === undefined ? '' : `*${say('insteadOf', { number: insteadOf })}*`,
		flag && `*${say('flagged', { theme: flag.theme })} ${scene(flag.gentler)}, ${say('gentler')}.*`,
		...autos.map(({ condition, to }) => `*${say('auto', { condition })} ${scene(to)}.*`),
		toMarkdown(text),
		says && `> **${says.name}:** ${says.text}`,
		ways.length > 0 ? `**${say('choices')}**` : '',
		list(ways),
		ending && `**${say('ending', { kind: ending.kind })}.**`,
		ending && `**${say('takeaway')}:** ${toMarkdown(ending.takeaway)}`
	);
}

/** Explained words stand as they are. */
function toMarkdown(text: string): string {
	return text.replaceAll(/:term\[([^\]]*)\](?:\{[^}]*\})?/gu, '$1');
}

function join(...parts: readonly (string | undefined)[]): string {
	return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

function list(items: readonly string[]): string {
	return items.map((item) => `- ${item}`).join('\n');
}

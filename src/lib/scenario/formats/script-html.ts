import { renderInline, renderMarkdown } from '#lib/content/markdown.ts';
import { escapeHtml } from './html-text.ts';
import type { Scale, Script, ScriptChoice, ScriptContact, ScriptScene } from './script.ts';
import { sayInScript } from './script.ts';
import type { ScriptWord } from './script-words.ts';

/** Colours are the reader's and the printer's own. */
const styles = `
:root { color-scheme: light; }
body { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1rem; font: 1rem/1.55 'Atkinson Hyperlegible Next', system-ui, sans-serif; }
h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.4rem; }
h3 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
p, ul, ol, dl, table { margin: 0 0 .75rem; }
dt { font-weight: 700; }
dd { margin: 0 0 .5rem; }
table { width: 100%; border-collapse: collapse; }
caption { padding-bottom: .25rem; font-weight: 700; text-align: start; }
th, td { padding: .25rem .5rem; border: 1px solid; text-align: start; vertical-align: top; }
blockquote { margin: 0 0 .75rem; padding-inline-start: 1rem; border-inline-start: 3px solid; }
a { color: inherit; }
.above { margin: 0; }
.note, .card { padding: .75rem 1rem; border: 1px solid; }
.card { margin-bottom: 1rem; border-style: dashed; }
.note h2, .card h3 { margin-top: 0; }
.choices { padding-inline-start: 0; list-style: none; }
.choices > li { margin-bottom: 1rem; padding-inline-start: 1.5rem; text-indent: -1.5rem; }
.choices > li > * { text-indent: 0; }
.choices p { margin-bottom: .25rem; }
@page { margin: 18mm; }
@media print {
	body { max-width: none; padding: 0; font-size: 11pt; }
	h2 { break-before: page; }
	.opening h2, h2.here { break-before: auto; }
	h2, h3 { break-after: avoid; }
	.scene > .ask, .choices > li, .card, .note, tr, blockquote { break-inside: avoid; }
	a { text-decoration: none; }
}
`;

/** A script as one HTML file, to be read on a screen and printed; it asks for nothing from anywhere. */
export function writeScriptHtml(script: Script): string {
	return new Printer(script).print();
}

class Printer {
	readonly #script: Script;

	constructor(script: Script) {
		this.#script = script;
	}

	print(): string {
		const { locale, title } = this.#script;
		return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(`${title} – ${this.#say('kind')}`)}</title>
<style>${styles}</style>
</head>
<body>
<main>
${[this.#opening(), this.#scenes(), this.#cards(), this.#stops(), this.#afterwards(), this.#contacts()].join('\n')}
</main>
</body>
</html>
`;
	}

	#opening(): string {
		const { title, summary, facts, contentNote, needs, people, scales } = this.#script;
		return `<section class="opening">
<p class="above">${this.#words('kind')}</p>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(summary)}</p>
<p>${facts.map(escapeHtml).join('<br>')}</p>
<div class="note">
<h2 class="here">${this.#words('contentNote')}</h2>
<p>${escapeHtml(contentNote)}</p>
</div>
<h2>${this.#words('everybody')}</h2>
${list(needs.map(escapeHtml))}
<h2>${this.#words('people')}</h2>
<dl>
${people.map(({ name, about }) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(about)}</dd>`).join('\n')}
</dl>
${scales.length === 0 ? '' : `<h2>${this.#words('scales')}</h2>\n<p>${this.#words('scalesText')}</p>`}
${scales.map((scale) => this.#scale(scale)).join('\n')}
</section>`;
	}

	#scale({ letter, start, words }: Scale): string {
		const name = this.#script.people[0]?.name ?? '';
		const rows = words.map(({ from, to, word }) => {
			const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
			return `<tr><td>${escapeHtml(word)}</td><td>${numbers.join(' · ')}</td></tr>`;
		});
		return `<table>
<caption>${this.#words('scale', { letter })}. ${this.#words('begins', { value: start })}.</caption>
<thead><tr><th scope="col">${this.#words('word', { name })}</th><th scope="col">${this.#words('values')}</th></tr></thead>
<tbody>${rows.join('')}</tbody>
</table>`;
	}

	#scenes(): string {
		const { scenes } = this.#script;
		return `<section>
<h2>${this.#words('scenes')}</h2>
${scenes.map((scene) => this.#scene(scene)).join('\n')}
</section>`;
	}

	#scene({ number, text, says, flag, insteadOf, autos, choices, ending }: ScriptScene): string {
		const before = [
			...(insteadOf === undefined ? [] : [this.#words('insteadOf', { number: insteadOf })]),
			...(flag
				? [
						`${this.#words('flagged', { theme: flag.theme })} ${this.#link(flag.gentler)}, ${this.#words('gentler')}.`
					]
				: []),
			...autos.map(
				({ condition, to }) => `${this.#words('auto', { condition })} ${this.#link(to)}.`
			)
		];
		return `<section class="scene" id="scene-${number}">
<h3>${this.#words('scene', { number })}</h3>
${before.map((line) => `<p class="note">${line}</p>`).join('\n')}
${this.#blocks(text)}
${says ? `<blockquote><p><strong>${escapeHtml(says.name)}:</strong> ${escapeHtml(says.text)}</p></blockquote>` : ''}
${choices.length === 0 ? '' : `<p class="ask"><strong>${this.#words('choices')}</strong></p>\n<ol class="choices">\n${choices.map((choice) => this.#choice(choice)).join('\n')}\n</ol>`}
${ending ? `<p><strong>${this.#words('ending', { kind: ending.kind })}.</strong></p>\n<p class="note"><strong>${this.#words('takeaway')}:</strong> ${this.#line(ending.takeaway)}</p>` : ''}
</section>`;
	}

	#choice({ letter, text, condition, consequence, moves, to }: ScriptChoice): string {
		const only =
			condition === undefined ? '' : `<p><em>${this.#words('onlyIf', { condition })}.</em></p>`;
		const move = moves === undefined ? '' : ` ${this.#words('move', { moves })}`;
		return `<li><strong>${letter})</strong> ${escapeHtml(text)}
${only}
<p><strong>${this.#words('then')}:</strong> ${this.#line(consequence)}${move}</p>
<p>${this.#words('ifYou')} ${this.#link(to)}.</p></li>`;
	}

	#cards(): string {
		const { cards } = this.#script;
		const told = cards.map(({ name, about, lines }) => {
			const said =
				lines === undefined
					? ''
					: lines.length === 0
						? `<p>${this.#words('noLines')}</p>`
						: `<p><strong>${this.#words('lines', { name })}</strong></p>${list(lines.map(({ scene, text }) => `${this.#words('scene', { number: scene })}: ${escapeHtml(text)}`))}`;
			return `<section class="card"><h3>${escapeHtml(name)}</h3><p>${escapeHtml(about)}</p>${said}</section>`;
		});
		return `<section>
<h2>${this.#words('cards')}</h2>
<p>${this.#words('cardsText')}</p>
${told.join('\n')}
</section>`;
	}

	#stops(): string {
		const { stops } = this.#script;
		if (stops.length === 0) return '';
		const rows = stops.map(
			({ scene, minutes, ask }) =>
				`<tr><th scope="row">${this.#link(scene)}</th><td>${minutes}</td><td>${list(ask.map(escapeHtml))}</td></tr>`
		);
		return `<section>
<h2>${this.#words('facilitator')}</h2>
<p>${this.#words('facilitatorText')}</p>
<table>
<thead><tr><th scope="col">${this.#words('sceneColumn')}</th><th scope="col">${this.#words('minutesColumn')}</th><th scope="col">${this.#words('questions')}</th></tr></thead>
<tbody>${rows.join('')}</tbody>
</table>
</section>`;
	}

	#afterwards(): string {
		const { debrief, whys, outcomes } = this.#script;
		const reasons = whys.map(
			({ scene, ways }) =>
				`<h3>${this.#words('scene', { number: scene })}</h3>\n${list(ways.map(({ letter, text, why }) => `<strong>${letter})</strong> ${escapeHtml(text)} <em>${this.#line(why)}</em>`))}`
		);
		return `<section>
<h2>${this.#words('afterwards')}</h2>
${list(debrief.map(escapeHtml))}
${outcomes.length === 0 ? '' : `<h2 class="here">${this.#words('outcomes')}</h2>\n${list(outcomes.map(escapeHtml))}`}
<h2>${this.#words('whys')}</h2>
<p>${this.#words('whysText')}</p>
${reasons.join('\n')}
</section>`;
	}

	#contacts(): string {
		const { contacts } = this.#script;
		if (contacts.length === 0) return '';
		return `<section>
<h2>${this.#words('contacts')}</h2>
<p>${this.#words('contactsText')}</p>
<dl>
${contacts.map(writeContact).join('\n')}
</dl>
</section>`;
	}

	#link(scene: number): string {
		return `<a href="#scene-${scene}">${this.#words('scene', { number: scene }).toLowerCase()}</a>`;
	}

	#say(word: ScriptWord, values?: Readonly<Record<string, string | number>>): string {
		return sayInScript(word, this.#script.locale, values);
	}

	#words(word: ScriptWord, values?: Readonly<Record<string, string | number>>): string {
		return escapeHtml(this.#say(word, values));
	}

	#blocks(markdown: string): string {
		return renderMarkdown(markdown, { ...this.#options(), headingShift: 3 }).html;
	}

	#line(markdown: string): string {
		return renderInline(markdown, this.#options());
	}

	// On paper nothing can be opened: explained words stand as they are.
	#options() {
		const { locale } = this.#script;
		return { locale, terms: new Map(), sources: new Map(), idPrefix: 'script' };
	}
}

function writeContact({ name, number, hours, audience }: ScriptContact): string {
	const facts = [number, hours].filter((fact) => fact !== undefined).map(escapeHtml);
	const about = [...facts, escapeHtml(audience)].join('<br>');
	return `<dt>${escapeHtml(name)}</dt><dd>${about}</dd>`;
}

function list(items: readonly string[]): string {
	return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

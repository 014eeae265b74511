import { buildBeginning } from '#lib/authoring/skeleton.ts';
import type { Scenario } from '#lib/scenario/model.ts';

/**
 * A story that two peer supporters of the demonstration are in the middle of writing: the first scene is
 * done in Danish, some of it in English, and the rest waits.
 */
export function beginDemonstrationDraft(): Scenario {
	const begun = buildBeginning({
		id: 'posten-der-ikke-kom',
		language: 'da',
		title: { da: 'Posten, der ikke kom', en: 'The post that did not come' },
		setting: 'supported-housing',
		people: {
			sanne: {
				name: 'Sanne',
				about: {
					da: '52 år og bogbinder. Holder styr på alt, også når hun har det svært.',
					en: '52, a bookbinder. Keeps track of everything, also when things are hard.'
				}
			}
		},
		beginning: {
			text: {
				da: 'Det er fredag, og klokken er lidt i to. Sanne står ved postrummet for tredje gang i dag. Lågen er låst. Hun trækker i den, og så en gang til.',
				en: 'It is Friday, just before two. Sanne is at the post room for the third time today. The hatch is locked. She pulls at it, and then again.'
			},
			says: {
				who: 'sanne',
				text: {
					da: 'I har låst igen. I sagde, at den var åben til klokken to.',
					en: 'You’ve locked it again. You said it was open until two.'
				}
			},
			helps: {
				text: {
					da: '»Det har du ret i. Det sagde vi. Jeg henter nøglen nu, og du kan gå med.«',
					en: '“You’re right. We did say that. I’ll fetch the key now, and you can come along.”'
				},
				consequence: {
					da: 'Sanne slipper lågen. Hun går to skridt bag dig hen ad gangen. »Til klokken to,« siger hun lavt. »Det var det, der stod.«',
					en: 'Sanne lets go of the hatch. She follows two steps behind you down the corridor. “Until two,” she says quietly. “That’s what it said.”'
				},
				why: {
					da: 'Hun får ret i det, hun har ret i. Og hun kan selv følge med i, hvad der sker med nøglen.',
					en: ''
				}
			},
			between: {
				text: {
					da: '»Jeg finder lige ud af, hvem der har nøglen.«',
					en: '“Let me find out who has the key.”'
				},
				consequence: {
					da: 'Sanne bliver stående. Hun tæller pladerne i loftet. Du kan se hendes læber bevæge sig.',
					en: ''
				},
				why: {
					da: 'Du gør noget ved det. Men hun ved ikke, hvor længe hun skal vente.',
					en: ''
				}
			},
			worse: {
				text: {
					da: '»Det er bare post, Sanne. Den kommer på mandag.«',
					en: '“It’s only post, Sanne. It’ll come on Monday.”'
				},
				consequence: {
					da: 'Sannes ansigt lukker sig. Hun holder om lågens håndtag med begge hænder. »Bare,« siger hun.',
					en: ''
				},
				why: {
					da: 'For dig er det post. For hende kan en låst låge og en aftale, der skrider, være noget helt andet.',
					en: ''
				}
			}
		},
		closer: {
			text: {
				da: 'I står foran lågen med nøglen. Der ligger ét brev. Sanne ser på det, men rører det ikke.',
				en: ''
			},
			helps: {
				text: {
					da: '»Vil du have det med nu, eller skal det ligge her, til du er klar?«',
					en: ''
				}
			},
			worse: { text: { da: '»Nå, der var det jo. Så var det ikke så slemt.«', en: '' } }
		},
		goneWrong: {
			text: { da: '', en: '' },
			helps: {
				text: {
					da: '»Jeg sagde bare. Det var det forkerte ord. Undskyld.«',
					en: '“I said only. It was the wrong word. I’m sorry.”'
				}
			},
			worse: { text: { da: '', en: '' } }
		},
		end: { kind: 'agreement', text: { da: '', en: '' } },
		mended: { da: '', en: '' }
	});
	return {
		...begun,
		summary: {
			da: 'En låst låge og en aftale, der ikke blev holdt. Sanne venter på et brev, og hun holder øje med klokken.',
			en: ''
		},
		contentNote: {
			da: 'Handler om en låst låge og om at blive skuffet. Ingen kommer til skade. Noget fra før bliver antydet. Intet af det vises.',
			en: ''
		}
	};
}

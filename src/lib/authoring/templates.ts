import type { Locale, Localised } from '#lib/content/localised.ts';
import type { EndingKind, Scenario } from '#lib/scenario/model.ts';
import { buildBeginning, type Turn } from './skeleton.ts';

/** Situations from which a story can be begun. */
export const templateNames = ['reception', 'night', 'meeting', 'afterwards'] as const;

export type TemplateName = (typeof templateNames)[number];

interface Template {
	title: Localised;
	setting: string;
	/** Who is met, and what they say first. */
	who: { id: string; name: string; about: Localised; says: Localised };
	beginning: Turn;
	closer: Turn;
	goneWrong: Turn;
	end: { kind: EndingKind; text: Localised };
	mended: Localised;
}

const reception: Template = {
	title: { da: 'Et brev ved skranken', en: 'A letter at the desk' },
	setting: 'office',
	who: {
		id: 'vibeke',
		name: 'Vibeke',
		about: {
			da: '46 år. Har et brev, hun ikke forstår, og en svag mave, når hun skal vente.',
			en: '46. Has a letter she does not understand, and waiting makes her feel sick.'
		},
		says: {
			da: 'Jeg skal tale med nogen om det her. Nu.',
			en: 'I need to talk to somebody about this. Now.'
		}
	},
	beginning: {
		text: {
			da: 'Du sidder i receptionen. Det er sidst på dagen. En kvinde kommer ind og stiller sig ved skranken. Hun hedder Vibeke. Hun har et brev i hånden. Hendes sagsbehandler er gået hjem.',
			en: 'You are at reception. It is late in the day. A woman comes in and stops at the desk. Her name is Vibeke. She has a letter in her hand. Her caseworker has gone home.'
		},
		helps: {
			text: {
				da: 'Du ser op og siger dit navn. »Jeg kan høre, at det haster. Hvad står der i brevet?«',
				en: 'You look up and say your name. “I can hear it’s urgent. What does the letter say?”'
			}
		},
		between: {
			text: {
				da: '»Hun er gået for i dag. Du kan få en tid i morgen.«',
				en: '“She has left for the day. You can have a time tomorrow.”'
			}
		},
		worse: {
			text: {
				da: '»Du skal bestille tid. Det står på skiltet.«',
				en: '“You have to book a time. It says so on the sign.”'
			}
		}
	},
	closer: {
		text: {
			da: 'Vibeke lægger brevet på skranken. Hænderne ryster lidt. Der er kommet flere ind bag hende, og de kan høre det hele.',
			en: 'Vibeke puts the letter on the desk. Her hands shake a little. More people have come in behind her, and they can hear everything.'
		},
		helps: {
			text: {
				da: 'Du peger på to stole lidt væk fra døren. »Skal vi læse det sammen derovre?«',
				en: 'You point to two chairs a little way from the door. “Shall we read it together over there?”'
			}
		},
		between: {
			text: {
				da: 'Du læser brevet hurtigt igennem, mens I står der.',
				en: 'You read the letter quickly while you both stand there.'
			}
		},
		worse: {
			text: {
				da: 'Du læser brevet højt, så I er sikre på, at I forstår hinanden.',
				en: 'You read the letter aloud, to be sure you understand each other.'
			}
		}
	},
	goneWrong: {
		text: {
			da: 'Vibeke går et skridt tilbage. Hun ser på døren. »Glem det,« siger hun.',
			en: 'Vibeke takes a step back. She looks at the door. “Forget it,” she says.'
		},
		helps: {
			text: {
				da: '»Det var ikke i orden, sådan som jeg gjorde det. Undskyld. Må jeg prøve igen?«',
				en: '“The way I did that was not all right. I’m sorry. May I try again?”'
			}
		},
		between: {
			text: {
				da: 'Du bliver stående og giver hende lidt tid.',
				en: 'You stay where you are and give her a little time.'
			}
		},
		worse: {
			text: {
				da: '»Så tag det dog roligt. Jeg prøver jo at hjælpe.«',
				en: '“Calm down, will you. I’m trying to help.”'
			}
		}
	},
	end: {
		kind: 'agreement',
		text: {
			da: 'I har skrevet ned, hvem der ringer til Vibeke, og hvornår. Hun folder sedlen og lægger den i lommen.',
			en: 'You have written down who will ring Vibeke, and when. She folds the note and puts it in her pocket.'
		}
	},
	mended: {
		da: 'Vibeke bliver stående. Efter lidt lægger hun brevet tilbage på skranken.',
		en: 'Vibeke stays. After a while she puts the letter back on the desk.'
	}
};

const night: Template = {
	title: { da: 'Lys under døren', en: 'Light under the door' },
	setting: 'residential-home',
	who: {
		id: 'egon',
		name: 'Egon',
		about: {
			da: '61 år og tidligere maskinmester. Sover dårligt. Vil gerne vide, hvem der går på gangen.',
			en: '61, once a ship’s engineer. Sleeps badly. Likes to know who is out in the corridor.'
		},
		says: { da: 'Hvem er det? Hvem er derude?', en: 'Who is it? Who is out there?' }
	},
	beginning: {
		text: {
			da: 'Klokken er lidt i tre. Du går nattens runde. Der er lys under Egons dør. Du kan høre, at han går frem og tilbage derinde.',
			en: 'It is almost three. You are on the night round. There is light under Egon’s door. You can hear him walking up and down inside.'
		},
		helps: {
			text: {
				da: 'Du bliver på gangen. Du siger roligt, hvem du er, og hvad klokken er.',
				en: 'You stay in the corridor. You say calmly who you are and what time it is.'
			}
		},
		between: {
			text: { da: 'Du banker let på og venter.', en: 'You knock lightly and wait.' }
		},
		worse: {
			text: {
				da: 'Du åbner døren og tænder loftslyset for at se, om han har det godt.',
				en: 'You open the door and switch on the ceiling light to see if he is all right.'
			}
		}
	},
	closer: {
		text: {
			da: 'Egon står i døren. Han har tøjet på fra i går. Han holder øje med gangen bag dig.',
			en: 'Egon is standing in the doorway. He has yesterday’s clothes on. He is watching the corridor behind you.'
		},
		helps: {
			text: {
				da: '»Skal jeg blive lidt, eller skal jeg komme igen om et kvarter?«',
				en: '“Shall I stay a while, or come back in a quarter of an hour?”'
			}
		},
		between: {
			text: { da: 'Du tilbyder ham et glas vand.', en: 'You offer him a glass of water.' }
		},
		worse: {
			text: {
				da: '»Du skal sove nu. Ellers er du helt væk i morgen.«',
				en: '“You need to sleep now. You’ll be worn out tomorrow.”'
			}
		}
	},
	goneWrong: {
		text: {
			da: 'Egon trækker sig ind i rummet. Han står med ryggen mod væggen og trækker vejret hurtigt.',
			en: 'Egon backs into the room. He stands against the wall, breathing fast.'
		},
		helps: {
			text: {
				da: 'Du går et skridt tilbage, så døren er fri. »Det gik for stærkt. Undskyld. Du bestemmer, om jeg bliver.«',
				en: 'You step back so that the door is clear. “That was too fast. I’m sorry. You decide whether I stay.”'
			}
		},
		between: {
			text: {
				da: 'Du bliver stille på gangen og venter.',
				en: 'You stay quietly in the corridor and wait.'
			}
		},
		worse: {
			text: {
				da: 'Du går hen og lægger en hånd på hans arm.',
				en: 'You go over and put a hand on his arm.'
			}
		}
	},
	end: {
		kind: 'calm',
		text: {
			da: 'Egon sætter sig på sengen og lader døren stå på klem. Der er stadig lys. Men han går ikke frem og tilbage mere.',
			en: 'Egon sits down on the bed and leaves the door ajar. The light is still on. But he has stopped walking up and down.'
		}
	},
	mended: {
		da: 'Egon sænker skuldrene. »Sig til næste gang,« siger han. Det aftaler I.',
		en: 'Egon’s shoulders drop. “Tell me next time,” he says. You agree on that.'
	}
};

const meeting: Template = {
	title: { da: 'Mødet om Signe', en: 'The meeting about Signe' },
	setting: 'office',
	who: {
		id: 'signe',
		name: 'Signe',
		about: {
			da: '28 år. God til at tegne og til at gøre sig usynlig. Mødet handler om hendes plan.',
			en: '28. Good at drawing, and at making herself invisible. The meeting is about her plan.'
		},
		says: { da: 'Kan I ikke bare bestemme det?', en: 'Can’t you just decide it?' }
	},
	beginning: {
		text: {
			da: 'I er fire til mødet. Det handler om Signes plan. De andre taler sammen. Signe ser ned i bordet. Hun har næsten ikke sagt noget.',
			en: 'There are four of you at the meeting. It is about Signe’s plan. The others are talking. Signe is looking down at the table. She has hardly said a word.'
		},
		helps: {
			text: {
				da: 'Du vender dig mod Signe. »Hvad er vigtigst for dig i dag?«',
				en: 'You turn to Signe. “What matters most to you today?”'
			}
		},
		between: {
			text: {
				da: 'Du skriver det, der bliver sagt, op på tavlen, så alle kan følge med.',
				en: 'You write what is said on the board, so that everyone can follow.'
			}
		},
		worse: {
			text: {
				da: '»Godt, så siger vi det,« siger du og går videre til næste punkt.',
				en: '“Right, that’s settled,” you say, and move on to the next point.'
			}
		}
	},
	closer: {
		text: {
			da: 'Der bliver stille. Signe trækker ærmerne ned over hænderne. En af de andre ser på uret.',
			en: 'It goes quiet. Signe pulls her sleeves down over her hands. One of the others looks at the clock.'
		},
		helps: {
			text: {
				da: '»Vi kan holde en pause, eller du kan sige det til mig alene. Hvad passer dig?«',
				en: '“We can take a break, or you can tell just me. What suits you?”'
			}
		},
		between: {
			text: { da: 'Du venter uden at sige noget.', en: 'You wait and say nothing.' }
		},
		worse: {
			text: {
				da: '»Signe, du er nødt til at sige noget, hvis vi skal hjælpe dig.«',
				en: '“Signe, you have to say something if we are going to help you.”'
			}
		}
	},
	goneWrong: {
		text: {
			da: 'Signe rejser sig og tager sin jakke. »I har jo bestemt det hele,« siger hun.',
			en: 'Signe gets up and takes her jacket. “You’ve already decided everything,” she says.'
		},
		helps: {
			text: {
				da: '»Du har ret. Vi talte hen over hovedet på dig. Undskyld. Må vi begynde forfra?«',
				en: '“You’re right. We talked over your head. I’m sorry. May we start again?”'
			}
		},
		between: {
			text: {
				da: 'Du rejser dig også og holder døren for hende, hvis hun vil ud.',
				en: 'You get up too, and hold the door for her in case she wants to leave.'
			}
		},
		worse: {
			text: {
				da: '»Hvis du går nu, må vi bestemme det uden dig.«',
				en: '“If you leave now, we’ll have to decide without you.”'
			}
		}
	},
	end: {
		kind: 'agreement',
		text: {
			da: 'Signe vælger, hvad I begynder med. Planen bliver kortere, og den er hendes.',
			en: 'Signe chooses what to begin with. The plan gets shorter, and it is hers.'
		}
	},
	mended: {
		da: 'I begynder forfra. Denne gang taler Signe først.',
		en: 'You start again. This time Signe speaks first.'
	}
};

const afterwards: Template = {
	title: { da: 'Dagen efter', en: 'The day after' },
	setting: 'supported-housing',
	who: {
		id: 'omar',
		name: 'Omar',
		about: {
			da: '39 år. Laver mad til hele huset om søndagen. Bliver sarkastisk, når han er ked af det.',
			en: '39. Cooks for the whole house on Sundays. Turns sarcastic when he is hurt.'
		},
		says: {
			da: 'Er der mere kaffe, eller har I også låst den inde?',
			en: 'Any coffee left, or have you locked that up too?'
		}
	},
	beginning: {
		text: {
			da: 'I går gik det galt mellem dig og Omar. Du råbte, og han smækkede med døren. I dag møder du ham i køkkenet. Han ser ikke på dig.',
			en: 'Yesterday it went wrong between you and Omar. You shouted, and he slammed the door. Today you meet him in the kitchen. He does not look at you.'
		},
		helps: {
			text: {
				da: '»Godmorgen, Omar. Jeg har tænkt på i går. Vil du høre det nu eller senere?«',
				en: '“Good morning, Omar. I’ve been thinking about yesterday. Do you want to hear it now or later?”'
			}
		},
		between: {
			text: {
				da: 'Du skænker kaffe til jer begge og siger godmorgen.',
				en: 'You pour coffee for you both and say good morning.'
			}
		},
		worse: {
			text: {
				da: '»Du kan ikke tale til folk, som du gjorde i går.«',
				en: '“You can’t talk to people the way you did yesterday.”'
			}
		}
	},
	closer: {
		text: {
			da: 'Omar sidder med koppen. Han drejer den rundt i hænderne. »Så sig det,« siger han.',
			en: 'Omar sits with his cup. He turns it round in his hands. “Go on, say it,” he says.'
		},
		helps: {
			text: {
				da: '»Jeg råbte. Det skulle jeg ikke have gjort. Hvordan var det for dig?«',
				en: '“I shouted. I shouldn’t have. What was it like for you?”'
			}
		},
		between: {
			text: {
				da: '»Vi havde vist begge en dårlig dag.«',
				en: '“I think we both had a bad day.”'
			}
		},
		worse: {
			text: {
				da: '»Jeg råbte kun, fordi du ikke hørte efter.«',
				en: '“I only shouted because you weren’t listening.”'
			}
		}
	},
	goneWrong: {
		text: {
			da: 'Omar sætter koppen så hårdt, at kaffen løber over. »Det er altid min skyld,« siger han.',
			en: 'Omar puts the cup down so hard that the coffee spills. “It’s always my fault,” he says.'
		},
		helps: {
			text: {
				da: '»Nej. Nu gav jeg dig skylden. Det var mig, der råbte. Det er jeg ked af.«',
				en: '“No. I was blaming you. I was the one who shouted. I’m sorry.”'
			}
		},
		between: {
			text: {
				da: 'Du tørrer kaffen op og giver ham tid.',
				en: 'You wipe up the coffee and give him time.'
			}
		},
		worse: { text: { da: '»Nu gør du det igen.«', en: '“There you go again.”' } }
	},
	end: {
		kind: 'agreement',
		text: {
			da: 'I aftaler et tegn, som I begge kan bruge, når det bliver for meget.',
			en: 'You agree on a sign that both of you can use when it gets too much.'
		}
	},
	mended: {
		da: 'Omar nikker langsomt. »Det var det, jeg ville høre,« siger han.',
		en: 'Omar nods slowly. “That’s what I wanted to hear,” he says.'
	}
};

const templates: Readonly<Record<TemplateName, Template>> = {
	reception,
	night,
	meeting,
	afterwards
};

/** What a template's story is called, unless its author says otherwise. */
export function titleOfTemplate(name: TemplateName): Localised {
	return templates[name].title;
}

/** The draft that a template gives: what happens after each choice, and why, is left to its author. */
export function startFromTemplate(name: TemplateName, id: string, language: Locale): Scenario {
	const { title, setting, who, beginning, closer, goneWrong, end, mended } = templates[name];
	return buildBeginning({
		id,
		language,
		title,
		setting,
		people: { [who.id]: { name: who.name, about: who.about } },
		beginning: { ...beginning, says: { who: who.id, text: who.says } },
		closer,
		goneWrong,
		end,
		mended
	});
}

import type { Localised } from '#lib/content/localised.ts';
import type { Path } from '#lib/content/source.ts';
import type {
	Author,
	Auto,
	Bounds,
	Choice,
	ChoiceKind,
	EndingKind,
	Facilitator,
	Flag,
	Gauge,
	GaugeWord,
	Guard,
	Person,
	Scene,
	Speech
} from './model.ts';

/** What stands before and after at the place of a change, by the code of the change. */
interface Compared {
	'id-changed': string;
	'version-changed': number;
	'title-reworded': Localised;
	'summary-reworded': Localised;
	'minutes-changed': number;
	'setting-changed': string;
	'audience-changed': readonly string[];
	'outcomes-changed': readonly string[];
	'content-note-reworded': Localised;
	'text-version-reworded': Localised;
	'authors-changed': readonly Author[];
	'start-changed': string;

	'person-added': Person;
	'person-removed': Person;
	/** Another name in the file; what the person is called is `person-name-changed`. */
	'person-renamed': string;
	'people-reordered': readonly string[];
	'person-name-changed': string;
	'person-reworded': Localised;

	'gauge-added': Gauge;
	'gauge-removed': Gauge;
	'gauge-renamed': string;
	'gauges-reordered': readonly string[];
	'gauge-start-changed': number;
	'gauge-bounds-changed': Required<Bounds>;
	'gauge-words-changed': readonly GaugeWord[];

	'scene-added': Scene;
	'scene-removed': Scene;
	'scene-renamed': string;
	'scenes-reordered': readonly string[];
	'scene-reworded': Localised;
	/** A scene where one chose ends the story now. */
	'scene-became-ending': EndingKind;
	/** A scene that ended the story lets one choose now; the kind of ending is what it was before. */
	'scene-became-decision': EndingKind;
	'speech-added': Speech;
	'speech-removed': Speech;
	'speech-reworded': Localised;
	'speaker-changed': string;
	'flag-added': Flag;
	'flag-removed': Flag;
	'theme-changed': string;
	'alternative-changed': string;
	'facilitator-notes-changed': Facilitator;
	'ending-kind-changed': EndingKind;
	'takeaway-reworded': Localised;

	/** Ways are what a story goes by itself: the entries of `auto`. */
	'way-added': Auto;
	'way-removed': Auto;
	'way-guard-changed': Guard;
	'way-target-changed': string;
	'ways-reordered': readonly Auto[];

	'choice-added': Choice;
	'choice-removed': Choice;
	'choice-renamed': string;
	'choices-reordered': readonly string[];
	'choice-reworded': Localised;
	'kind-changed': ChoiceKind;
	/** Of one gauge, which is the last key of the path. */
	'effect-changed': number;
	/** Undefined where the choice is always offered. */
	'guard-changed': Guard;
	'choice-outcomes-changed': readonly string[];
	'consequence-reworded': Localised;
	'reason-reworded': Localised;
	'target-changed': string;
}

export type ChangeCode = keyof Compared;

/** One difference between two versions of a scenario. */
export type ChangeOf<Code extends ChangeCode> = {
	[Each in Code]: {
		code: Each;
		/** The keys that lead to the place, in the newer version; in the older one for what is gone. */
		path: Path;
		/** Undefined where nothing stood. */
		before: Compared[Each] | undefined;
		/** Undefined where nothing stands any more. */
		after: Compared[Each] | undefined;
	};
}[Code];

export type Change = ChangeOf<ChangeCode>;

/** The codes of changes whose values are of one type. */
export type CodeFor<Value> = {
	[Code in ChangeCode]: Compared[Code] extends Value ? Code : never;
}[ChangeCode];

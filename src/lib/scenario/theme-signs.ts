/**
 * Words that show that a text speaks of a theme, by theme. They find what must be flagged and was
 * forgotten; a theme told without these words is left to the reviewers.
 */
const signs: Readonly<Record<string, RegExp>> = {
	suicide:
		/selvmord\p{L}*|suicid\p{L}*|tage (?:sit|dit|mit|hendes|hans) (?:eget )?liv|tage livet af|tog livet af|kill(?:ed|ing)? (?:him|her|my|your|them)sel(?:f|ves)|take (?:his|her|my|your|their) own li(?:fe|ves)|end(?:ed|ing)? (?:his|her|my|your|their) own li(?:fe|ves)/iu,
	'self-harm':
		/selvskad\p{L}*|self-?harm\p{L}*|(?:skære(?:r|t)?|skar) (?:i )?(?:sig|mig|dig)(?: selv)?(?![\p{L}])|(?:cut(?:s|ting)?|hurt(?:s|ing)?) (?:him|her|my|your|them)sel(?:f|ves)/iu,
	restraint:
		/bæltefiks\p{L}*|tvangsfiks\p{L}*|fastspænd\p{L}*|fastholdels\p{L}*|(?:bliver|blev|blive|er|var) holdt fast|restrain(?:t|ts|ed|ing)(?![\p{L}])|(?:held|pinned|strapped) down/iu
};

/** The first words in a text that show the theme; undefined where there are none. */
export function findSign(theme: string, text: string): string | undefined {
	return Object.hasOwn(signs, theme) ? signs[theme]?.exec(text)?.[0] : undefined;
}

/** Text as search sees it: lower case, without accents, æ ø å as they are typed elsewhere. */
export function fold(text: string): string {
	return text
		.toLowerCase()
		.replaceAll('æ', 'ae')
		.replaceAll('ø', 'o')
		.replaceAll('å', 'a')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.trim();
}

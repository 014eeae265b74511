/** A text as it is written between tags and in quoted attributes of HTML. */
export function escapeHtml(text: string): string {
	return text.replaceAll(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
}

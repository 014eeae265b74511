import type { Options } from 'rehype-sanitize';

/** Everything that may be in a rendered text: elements, their attributes, and the values of these. */
export const allowedHtml: Options = {
	tagNames: [
		'a',
		'blockquote',
		'br',
		'button',
		'code',
		'details',
		'div',
		'em',
		'h2',
		'h3',
		'h4',
		'h5',
		'h6',
		'hr',
		'li',
		'ol',
		'p',
		'pre',
		'span',
		'strong',
		'summary',
		'ul'
	],
	attributes: {
		a: ['href'],
		button: [['type', 'button'], ['className', 'term', 'source'], 'popoverTarget', 'ariaLabel'],
		details: [['className', 'reveal']],
		div: [
			['className', 'notice', 'example', 'compare', 'compare-side', 'agreements'],
			['role', 'note'],
			['dataSlot', 'agreements']
		],
		ol: ['start'],
		p: [['className', 'notice-title', 'example-title']],
		span: ['id', ['className', 'term-note', 'source-note'], ['popover', 'auto']]
	},
	protocols: { href: ['https', 'mailto'] },
	ancestors: {},
	// Ids come from the renderer alone, never from a text.
	clobber: [],
	clobberPrefix: '',
	required: {},
	strip: ['script', 'style'],
	allowComments: false,
	allowDoctypes: false
};

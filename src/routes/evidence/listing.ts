import type { Catalogue } from '#lib/content/catalogue.ts';
import type { Finding } from '#lib/content/evidence.ts';
import type { Locale } from '#lib/content/localised.ts';

export interface FindingView {
	slug: string;
	text: string;
	strength: Finding['strength'];
	source: string;
	modules: { href: string; title: string }[];
}

export interface TopicView {
	slug: string;
	title: string;
	findings: FindingView[];
}

/** What is known, in one language, with the modules that say more. */
export function listEvidence(
	catalogue: Pick<Catalogue, 'evidence' | 'module'>,
	locale: Locale
): TopicView[] {
	return catalogue.evidence.topics.map(({ slug, title, findings }) => ({
		slug,
		title: title[locale],
		findings: findings.map((finding) => ({
			slug: finding.slug,
			text: finding.text[locale],
			strength: finding.strength,
			source: finding.source[locale],
			modules: finding.modules.flatMap((name) => {
				const [course = '', slug = ''] = name.split('/');
				const module = catalogue.module(course, slug);
				return module ? [{ href: `/learn/${name}`, title: module.title[locale] }] : [];
			})
		}))
	}));
}

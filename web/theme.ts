import type { Settings } from './settings.ts';

/** What a rule for dark pages asks. */
const darkQuery = /\(\s*prefers-color-scheme:\s*dark\s*\)/;
const lightQuery = /\(\s*prefers-color-scheme:\s*light\s*\)/;

/** What a media query of the page was before a theme was chosen. */
const originals = new WeakMap<object, string>();

/**
 * Shows the page in a theme. The style sheets describe both and let the system choose; a chosen theme answers their
 * question instead, so that they need not say everything twice.
 */
export function applyTheme(theme: Settings['theme'], page: Document = document): void {
  page.documentElement.dataset['theme'] = theme;
  page.documentElement.style.colorScheme = theme === 'system' ? '' : theme;
  for (const sheet of page.styleSheets) for (const rule of sheet.cssRules) if (isMedia(rule)) choose(rule.media, theme);
  for (const meta of page.querySelectorAll<HTMLMetaElement>('meta[media]')) {
    const media = { mediaText: meta.media };
    originals.set(media, (meta.dataset['media'] ??= meta.media));
    choose(media, theme);
    meta.media = media.mediaText;
  }
}

function choose(media: { mediaText: string }, theme: Settings['theme']): void {
  const original = originals.get(media) ?? media.mediaText;
  originals.set(media, original);
  const isFor = darkQuery.test(original) ? 'dark' : lightQuery.test(original) ? 'light' : undefined;
  if (isFor === undefined) return;
  const chosen = theme === 'system' ? original : theme === isFor ? 'all' : 'not all';
  if (media.mediaText !== chosen) media.mediaText = chosen;
}

function isMedia(rule: CSSRule): rule is CSSMediaRule {
  return rule instanceof CSSMediaRule;
}

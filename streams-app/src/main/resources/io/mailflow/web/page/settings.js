/** What the reader chose, kept in this browser: theme and language. */

const THEMES = ['auto', 'light', 'dark'];

export const theme = () => localStorage.getItem('theme') ?? 'auto';

/** Language of remediation texts; empty leaves it to the browser's languages. */
export const language = () => localStorage.getItem('language') ?? '';

export function chooseLanguage(tag) {
  localStorage.setItem('language', tag);
}

/** The next of auto, light and dark. */
export function turnTheme() {
  localStorage.setItem('theme', THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
  applyTheme();
}

/** Marks the document, from where the style sheet takes it; tells charts, which draw their own colours. */
export function applyTheme() {
  document.documentElement.dataset.theme = theme();
  window.dispatchEvent(new Event('themechange'));
}

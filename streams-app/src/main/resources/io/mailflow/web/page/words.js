import {get} from './api.js';
import * as settings from './settings.js';

/** What frames a remedy, in each language that was asked for: the catalogue's words by key. */
const known = new Map();

/** Learns the words of the reader's language, and gives every language there is. */
export async function learn() {
  const {language, languages, words} = await get('catalogue', {code: 'none', lang: settings.language()});
  known.set(language, words);
  return languages;
}

/** A word in a language; nothing before it is learnt. */
export const say = (language, key) => known.get(language)?.[key] ?? '';

import {get} from './api.js';
import * as settings from './settings.js';

/** What frames a remedy, in each language that was asked for: the catalogue's words by key. */
const known = new Map();

/** The languages there are, by the choice of one that was asked with. */
const learnt = new Map();

/** Learns the words of the reader's language, once, and gives every language there is. */
export async function learn() {
  const choice = settings.language();
  if (!learnt.has(choice)) {
    const {language, languages, words} = await get('catalogue', {code: 'none', lang: choice});
    known.set(language, words);
    learnt.set(choice, languages);
  }
  return learnt.get(choice);
}

/** A word in a language; nothing before it is learnt. */
export const say = (language, key) => known.get(language)?.[key] ?? '';

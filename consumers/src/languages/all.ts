import { go } from './go';
import { java } from './java';
import type { Language } from './language';
import { javascript, typescript } from './node';
import { python } from './python';

/** The first synthesizes what the others must equal. */
export const languages: Language[] = [javascript, typescript, python, java, go];

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** From `src/modules/auth/passwords` and from `dist/modules/auth/passwords` alike, the seeds are four folders up. */
const LIST = join(__dirname, '..', '..', '..', '..', 'seeds', 'common-passwords.txt');

/** One form for comparing: `Contraseña1` and `CONTRASEÑA1` are the same guess. */
const folded = (password: string): string => password.normalize('NFC').toLowerCase();

const common = new Set(
  readFileSync(LIST, 'utf8')
    .split('\n')
    .map((line) => folded(line.trim()))
    .filter((line) => line !== ''),
);

/** Whether it is among the first that anybody would try. */
export function isCommonPassword(password: string): boolean {
  return common.has(folded(password));
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  version: string;
}

/** The version of this build. From `src/config` and `dist/config` alike, package.json is two folders up. */
export const VERSION = (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as Manifest)
  .version;

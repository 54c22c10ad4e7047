import { DatabaseRefused } from 'src/database/database-refused';
import type { KeyFault } from './key-register.rules';

/** Names rings and ids, and nothing of a key. */
export class KeysDoNotFit extends DatabaseRefused {
  constructor(faults: readonly KeyFault[]) {
    super(
      [
        'The database cannot be opened with these keys:',
        ...faults.map(({ ring, keyId, kind }) =>
          kind === 'missing'
            ? `  - ${ring} has no key "${keyId}", which values are encrypted with`
            : `  - ${ring} has a key "${keyId}", but not the one that values are encrypted with`,
        ),
        'Put the right keys back, the current one first. When a key may go, and what to do about one that is lost:',
        'docs/runbook.md, "Rotate keys".',
      ].join('\n'),
    );
    this.name = 'KeysDoNotFit';
  }
}

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks at the terminal without showing what is typed. */
export async function askPassword(question: string): Promise<string> {
  process.stdout.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const given = new AbortController();
  // Ctrl-C ends the question, and with it the command.
  terminal.once('SIGINT', () => given.abort(new Error('Nothing was changed')));
  try {
    return await terminal.question('', { signal: given.signal });
  } finally {
    terminal.close();
    process.stdout.write('\n');
  }
}

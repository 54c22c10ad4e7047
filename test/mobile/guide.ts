import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A command of a page, and what the page says that it answers. */
export interface Step {
  command: string;
  expected: string;
  kind: 'json' | 'text' | 'none';
}

const RUN = /<!-- run -->\n\n```sh\n([\s\S]*?)\n```\n(?:\n```(json|text)\n([\s\S]*?)\n```)?/g;
const PROGRAM = /<!-- run -->\n\n```ts\n([\s\S]*?)\n```/g;

export function stepsOf(page: string): Step[] {
  return [...page.matchAll(RUN)].map(([, command = '', kind, expected = '']) => ({
    command,
    expected,
    kind: kind === 'json' || kind === 'text' ? kind : 'none',
  }));
}

export function programsOf(page: string): string[] {
  return [...page.matchAll(PROGRAM)].map(([, program = '']) => program);
}

/** Commands of the page that nobody runs: they have no mark above them. */
export function unmarked(page: string): string[] {
  const marked = new Set([...stepsOf(page).map(({ command }) => command), ...programsOf(page)]);
  return [...page.matchAll(/```(?:sh|ts)\n([\s\S]*?)\n```/g)].flatMap(([, code = '']) =>
    marked.has(code) ? [] : [code],
  );
}

/** Runs the commands in one shell, as a reader would, and answers what each has printed. */
export async function played(steps: readonly Step[], api: string): Promise<string[]> {
  const end = (index: number): string => `\necho; echo '<end of step ${String(index)}>'\n`;
  const script = steps
    .map(({ command }, index) => command.replaceAll('http://localhost:3000', api) + end(index))
    .join('');
  const shell = spawn('bash', ['-euo', 'pipefail', '-s'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const [output, errors] = [collected(shell.stdout), collected(shell.stderr)];
  shell.stdin.end(script);
  const [code] = (await once(shell, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(`the shell ended with ${String(code)}\n${errors().slice(-2_000)}\n${output().slice(-2_000)}`);
  return output()
    .split(/\n<end of step \d+>\n/)
    .slice(0, steps.length)
    .map((text) => text.trim());
}

function collected(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

/** What a page promises, as a matcher: `…` is anything. */
export function promised(value: unknown): unknown {
  if (value === '…') return expect.anything();
  if (Array.isArray(value)) return value.map(promised);
  if (typeof value !== 'object' || value === null) return value;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, promised(inner)])),
  );
}

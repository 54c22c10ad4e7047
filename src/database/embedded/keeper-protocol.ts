/** What a process asks of its keeper: one JSON argument. */
export interface KeeperOptions {
  dataDir: string;
  flags: string[];
}

/** What the keeper answers: one JSON line. */
export type KeeperReport = { url: string; owned: boolean } | { error: string };

export function parseOptions(text: string | undefined): KeeperOptions {
  const value: unknown = JSON.parse(text ?? 'null');
  if (isRecord(value) && typeof value.dataDir === 'string' && Array.isArray(value.flags)) {
    return { dataDir: value.dataDir, flags: value.flags.map(String) };
  }
  throw new Error('The keeper of the embedded database takes one argument: {"dataDir": "…", "flags": []}.');
}

export function parseReport(line: string): KeeperReport {
  const value: unknown = JSON.parse(line);
  if (isRecord(value) && typeof value.url === 'string') return { url: value.url, owned: value.owned === true };
  if (isRecord(value) && typeof value.error === 'string') return { error: value.error };
  throw new Error(`The keeper of the embedded database answered something unknown: ${line}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

import { ENVIRONMENT_NAMES, FILE_NAMES } from './environment-names';

export type Variables = Record<string, string | undefined>;

/** The variables as they are set, and those that come from a file. What is wrong with the files is added to `faults`. */
export function withFiles(source: Variables, readFile: (path: string) => string, faults: string[]): Variables {
  const found: Variables = {};
  // An empty variable is what a compose file passes for one that nobody set.
  for (const name of ENVIRONMENT_NAMES) if (source[name]?.trim()) found[name] = source[name].trim();
  for (const name of FILE_NAMES) {
    const path = source[`${name}_FILE`]?.trim();
    if (!path) continue;
    if (found[name]) {
      faults.push(`${name} and ${name}_FILE are both set: keep one`);
      continue;
    }
    try {
      const content = readFile(path).trim();
      if (content) found[name] = content;
      else faults.push(`${name}_FILE names an empty file`);
    } catch {
      faults.push(`${name}_FILE names a file that cannot be read`);
    }
  }
  return found;
}

import ts from 'typescript';
import { ROOT } from 'test/architecture/sources';

/** What the compiler says of files, by their names, as strict as an app can be. */
export function compilerFaults(...paths: string[]): Record<string, string[]> {
  const config = ts.readConfigFile(`${ROOT}/tsconfig.json`, (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const program = ts.createProgram(paths, { ...options, noEmit: true, strict: true, exactOptionalPropertyTypes: true });
  return Object.fromEntries(
    paths.map((path) => [
      path.split('/').at(-1),
      program
        .getSemanticDiagnostics(program.getSourceFile(path))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ]),
  );
}

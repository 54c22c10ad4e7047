import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { filesUnder, ROOT } from './sources';

/** What the sources say, read as the compiler reads them. */
export interface Place {
  /** Relative to the root, `src/main.ts`. */
  file: string;
  node: ts.Node;
}

/** Every node of a text that a reader wants. */
export function nodesIn(text: string, file: string, wanted: (node: ts.Node) => boolean): Place[] {
  const places: Place[] = [];
  const visit = (node: ts.Node): void => {
    if (wanted(node)) places.push({ file, node });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return places;
}

/** Every node of the product's sources that a reader wants; tests beside them are not of the product. */
export function nodesOfProduct(wanted: (node: ts.Node) => boolean): Place[] {
  return filesUnder(join(ROOT, 'src'), /\.ts$/)
    .filter((path) => !path.endsWith('.spec.ts'))
    .flatMap((path) => nodesIn(readFileSync(join(ROOT, 'src', path), 'utf8'), `src/${path}`, wanted));
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { FIXTURES, filesUnder, ROOT } from './sources';

/** Methods that are more than one plain statement: a route says who calls what, and decides nothing. */
function thinkingRoutes(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isMethodDeclaration(node) && !isPlain(node.body)) found.push(node.name.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isPlain(body: ts.Block | undefined): boolean {
  const [only, ...more] = body?.statements ?? [];
  if (!only || more.length > 0) return false;
  return (ts.isReturnStatement(only) || ts.isExpressionStatement(only)) && !decides(only);
}

function decides(node: ts.Node): boolean {
  if (ts.isConditionalExpression(node) || ts.isBlock(node)) return true;
  return ts.forEachChild(node, decides) ?? false;
}

describe('controllers', () => {
  const controllers = filesUnder(join(ROOT, 'src', 'modules'), /\.controller\.ts$/);

  it('are there to be read', () => {
    expect(controllers.length).toBeGreaterThan(5);
  });

  it.each(controllers)('%s has one plain statement a route', (path) => {
    expect(thinkingRoutes(join(ROOT, 'src', 'modules', path))).toEqual([]);
  });

  it('are judged by a check that a thinking controller turns red', () => {
    expect(thinkingRoutes(join(FIXTURES, 'routes', 'thinking.controller.ts'))).toEqual([
      'twoSteps',
      'asks',
      'catches',
      'chooses',
      'hides',
    ]);
  });
});

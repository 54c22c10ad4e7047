import { join } from 'node:path';
import ts from 'typescript';
import { filesUnder, ROOT } from './sources';

/** Code -> the files that answer it. */
export type UsedCodes = Map<string, Set<string>>;

const CODE = /^[a-z]+(_[a-z]+)*$/;
/** Names under which the sources hand a code on: of properties, parameters and variables. */
const CARRIERS = new Set(['code', 'tooShort', 'tooLong']);

function literal(node: ts.Node | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return CODE.test(node.text) ? [node.text] : [];
  if (ts.isConditionalExpression(node)) return [...literal(node.whenTrue), ...literal(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...literal(node.left), ...literal(node.right)];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return literal(node.expression);
  return [];
}

function named(node: ts.PropertyName | ts.BindingName | undefined): string {
  return node && (ts.isIdentifier(node) || ts.isStringLiteral(node)) ? node.text : '';
}

/** Whatever union of literals the compiler knows an expression to be. */
function literalTypes(type: ts.Type): string[] {
  const parts = type.isUnion() ? type.types : [type];
  return parts.flatMap((part) => (part.isStringLiteral() && CODE.test(part.value) ? [part.value] : []));
}

function isCarried(node: ts.Node): node is ts.PropertyAssignment | ts.VariableDeclaration | ts.BindingElement {
  return ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node);
}

function codesAt(node: ts.Node, checker: ts.TypeChecker): string[] {
  // class SlotFull extends ConflictError { readonly code = 'slot_full' }
  if (ts.isPropertyDeclaration(node) && named(node.name) === 'code')
    return literalTypes(checker.getTypeAtLocation(node));
  // constructor(readonly code: 'slot_full' | 'slot_gone'), (code = 'invalid_value')
  if (ts.isParameter(node) && named(node.name) === 'code')
    return [...literalTypes(checker.getTypeAtLocation(node)), ...literal(node.initializer)];
  if (isCarried(node)) {
    const name = named(node.name);
    // { field, code: 'too_long' }, const code = 'too_long', { tooLong = 'too_long' }
    if (CARRIERS.has(name)) return literal(node.initializer);
    // IsString({ message: 'invalid_type' })
    if (name === 'message') return literal(node.initializer);
    // const FRAMEWORK_CODES = { 404: 'not_found' }
    if (name.endsWith('_CODES') && node.initializer && ts.isObjectLiteralExpression(node.initializer))
      return node.initializer.properties.flatMap((each) =>
        ts.isPropertyAssignment(each) ? literal(each.initializer) : [],
      );
  }
  // Check('too_long', ...): the argument for a parameter that is called `code`
  if (ts.isCallExpression(node) && node.arguments.some((argument) => literal(argument).length > 0)) {
    const parameters = checker.getResolvedSignature(node)?.getParameters() ?? [];
    return node.arguments.flatMap((argument, place) => (parameters[place]?.name === 'code' ? literal(argument) : []));
  }
  return [];
}

/** Every error, field and acknowledgement code that sources can answer. */
export function usedCodes(paths: readonly string[]): UsedCodes {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const program = ts.createProgram([...paths], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const used: UsedCodes = new Map();
  for (const path of paths) {
    const visit = (node: ts.Node): void => {
      for (const code of codesAt(node, checker)) used.set(code, (used.get(code) ?? new Set<string>()).add(path));
      ts.forEachChild(node, visit);
    };
    const source = program.getSourceFile(path);
    if (source) visit(source);
  }
  return used;
}

/** The sources of the product, without their tests. */
export function productSources(): string[] {
  return filesUnder(join(ROOT, 'src'), /(?<!\.spec)\.ts$/).map((path) => join(ROOT, 'src', path));
}

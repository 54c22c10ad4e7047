import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './sources';

/** Types that sources announce, and announcements of which nobody can tell the type. */
export interface Announcements {
  types: Set<string>;
  untold: string[];
}

/** The literals that a type consists of; null where it is more than literals. */
function literalsOf(type: ts.Type): string[] | null {
  const parts = type.isUnion() ? type.types : [type];
  const literals = parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
  return literals.length === parts.length ? literals : null;
}

/** Whether a message is written where it is announced, and not handed in by somebody who may know more of it. */
function isWrittenHere(message: ts.Expression, checker: ts.TypeChecker): boolean {
  if (ts.isObjectLiteralExpression(message)) return true;
  const declaration = checker.getSymbolAtLocation(message)?.valueDeclaration;
  return declaration !== undefined && ts.isVariableDeclaration(declaration);
}

/** What `type` of a message can be, as the compiler knows it; null where it could be anything. */
function typesOf(message: ts.Expression, checker: ts.TypeChecker): string[] | null {
  if (!isWrittenHere(message, checker)) return null;
  const whole = checker.getTypeAtLocation(message);
  const literals: string[] = [];
  for (const part of whole.isUnion() ? whole.types : [whole]) {
    const property = part.getProperty('type');
    const found = property && literalsOf(checker.getTypeOfSymbolAtLocation(property, message));
    if (!found) return null;
    literals.push(...found);
  }
  return literals.length > 0 ? literals : null;
}

/** The message of `[reader, message]`, also behind a condition. */
function messageOf(letter: ts.Expression): ts.Expression | undefined {
  if (ts.isBinaryExpression(letter)) return messageOf(letter.right);
  return ts.isArrayLiteralExpression(letter) ? letter.elements[1] : undefined;
}

/** What a call announces, undefined for what nobody can tell; null when it is no call that announces. */
function announcedBy(call: ts.CallExpression, checker: ts.TypeChecker): (ts.Expression | undefined)[] | null {
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  if (
    declaration === undefined ||
    !ts.isMethodDeclaration(declaration) ||
    !ts.isClassDeclaration(declaration.parent) ||
    declaration.parent.name?.text !== 'AnnouncementService'
  )
    return null;
  if (declaration.name.getText() === 'announce') return [call.arguments[1]];
  return declaration.name.getText() === 'announceAll' ? call.arguments.map(messageOf) : null;
}

/**
 * Every type that is announced anywhere in the sources, by the compiler's own knowledge of the message: a name in a
 * comment, in a text or in a variable that nobody announces counts for nothing.
 */
export function announcementsIn(paths: readonly string[]): Announcements {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const program = ts.createProgram([...paths], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const found: Announcements = { types: new Set(), untold: [] };
  for (const path of paths) {
    const source = program.getSourceFile(path);
    if (!source) continue;
    const visit = (node: ts.Node): void => {
      const announced = ts.isCallExpression(node) ? announcedBy(node, checker) : null;
      for (const message of announced ?? []) {
        const types = message ? typesOf(message, checker) : null;
        if (types) for (const type of types) found.types.add(type);
        else found.untold.push(`line ${String(source.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { productSources } from './codes';

const STATUS: Readonly<Record<string, number>> = {
  BadRequestError: 400,
  UnauthenticatedError: 401,
  PaymentRequiredError: 402,
  ForbiddenError: 403,
  NotFoundError: 404,
  ConflictError: 409,
  UnprocessableError: 422,
  TooManyError: 429,
  BadGatewayError: 502,
  UnavailableError: 503,
};
/** Kinds that have no class of their own. */
const KINDS: Readonly<Record<string, number>> = { too_large: 413, unsupported_media: 415 };

interface Refusal {
  base: string;
  codes: string[];
  kind?: string;
}

function literals(node: ts.Node | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isLiteralTypeNode(node)) return literals(node.literal);
  if (ts.isUnionTypeNode(node)) return node.types.flatMap(literals);
  return [];
}

function read(declaration: ts.ClassDeclaration): Refusal {
  const base = declaration.heritageClauses?.[0]?.types[0]?.expression.getText() ?? '';
  const refusal: Refusal = { base, codes: [] };
  for (const member of declaration.members) {
    if (ts.isPropertyDeclaration(member) && member.name.getText() === 'code')
      refusal.codes = [...literals(member.initializer), ...literals(member.type)];
    if (ts.isPropertyDeclaration(member) && member.name.getText() === 'kind')
      refusal.kind = literals(member.initializer)[0];
    if (ts.isConstructorDeclaration(member))
      for (const parameter of member.parameters)
        if (parameter.name.getText() === 'code') refusal.codes.push(...literals(parameter.type));
  }
  return refusal;
}

/** Every code that a class of the sources refuses with, and the statuses it comes with. */
export function refusalClasses(): Map<string, Set<number>> {
  const classes = new Map<string, Refusal[]>();
  for (const path of productSources()) {
    const text = readFileSync(path, 'utf8');
    if (!text.includes('Error')) continue;
    ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true).forEachChild((node) => {
      if (ts.isClassDeclaration(node) && node.name && node.heritageClauses)
        classes.set(node.name.text, [...(classes.get(node.name.text) ?? []), read(node)]);
    });
  }
  const statusOf = ({ base, kind }: Refusal, depth = 0): number | undefined =>
    KINDS[kind ?? ''] ??
    STATUS[base] ??
    (depth < 4 ? (classes.get(base) ?? []).map((each) => statusOf(each, depth + 1)).find(Boolean) : undefined);
  const found = new Map<string, Set<number>>();
  for (const refusal of [...classes.values()].flat()) {
    const status = statusOf(refusal);
    if (status !== undefined)
      for (const code of refusal.codes) found.set(code, (found.get(code) ?? new Set()).add(status));
  }
  return found;
}

import { check } from 'recheck';
import ts from 'typescript';
import { nodesIn, nodesOfProduct, type Place } from './syntax';

/** Patterns that are slow with a text made for it, and who alone could write such a text. */
const OPERATORS_ONLY: Readonly<Record<string, string>> = {
  'src/config/provider-settings.ts': 'the address of a provider, as the operator sets it',
  'src/modules/notification/nodemailer-mailer.ts': 'the sender of mails, as the operator sets it',
};

/** Patterns that are put together at run time, of constants of ours alone. */
const PUT_TOGETHER: Readonly<Record<string, string>> = {
  'src/common/i18n/deleted-person.ts': 'two words without any operator',
  'src/common/transaction/sql-state.ts': 'words of the driver, beside each other',
  'src/modules/auth/keys/api-key.format.ts': 'characters counted exactly',
  'src/modules/performance/imports/import-date.format.ts': 'for texts of 60 characters at most',
};

interface Pattern {
  file: string;
  source: string;
  flags: string;
}

const isLiteral = (node: ts.Node): boolean => ts.isRegularExpressionLiteral(node);
const isPutTogether = (node: ts.Node): boolean =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp';

function patternOf({ file, node }: Place): Pattern {
  const text = node.getText();
  const end = text.lastIndexOf('/');
  return { file, source: text.slice(1, end), flags: text.slice(end + 1) };
}

/** One set of characters from the beginning to the end, or no repetition at all: nothing in it can be read in two ways. */
const PLAIN = /^\^(\[[^\]]+\]|\\[dwp])(\{\d+(,\d*)?\}|[+*])?\$$|^[^*+?{|]+$/;

/** Those that take more than a time in proportion to the text, or of which nobody can tell. */
async function slowOnes(patterns: readonly Pattern[]): Promise<Pattern[]> {
  const slow: Pattern[] = [];
  const seen = new Map<string, boolean>();
  for (const pattern of patterns) {
    const { source, flags } = pattern;
    const key = `${source}/${flags}`;
    const known =
      seen.get(key) ?? (!PLAIN.test(source) && (await check(source, flags, { timeout: 20_000 })).status !== 'safe');
    seen.set(key, known);
    if (known) slow.push(pattern);
  }
  return slow;
}

/** No text, however long and however made, keeps a process busy by being looked at (trust 36). */
describe('the patterns of the product', () => {
  it('take a time in proportion to the text, but those that no stranger feeds', async () => {
    // What a developer plays on his own machine answers nobody.
    const patterns = nodesOfProduct(isLiteral)
      .map(patternOf)
      .filter(({ file }) => !file.startsWith('src/demo/'));
    expect(patterns.length).toBeGreaterThan(100);
    const slow = await slowOnes(patterns);
    expect(slow.filter(({ file }) => !(file in OPERATORS_ONLY))).toEqual([]);
    expect([...new Set(slow.map(({ file }) => file))].sort()).toEqual(Object.keys(OPERATORS_ONLY).sort());
  }, 180_000);

  it('are written down, and not made of what somebody sent', () => {
    const files = nodesOfProduct(isPutTogether).map(({ file }) => file);
    expect([...new Set(files)].sort()).toEqual(Object.keys(PUT_TOGETHER).sort());
  });

  it('would be caught when one is slow, or made of a text', async () => {
    const bad =
      'const a = /^(\\w+\\s?)*$/; const b = /\\s+$/u; const c = (t: string) => new RegExp(t); const d = /^a+$/;';
    const slow = await slowOnes(nodesIn(bad, 'bad.ts', isLiteral).map(patternOf));
    expect(slow.map(({ source }) => source)).toEqual(['^(\\w+\\s?)*$', '\\s+$']);
    expect(nodesIn(bad, 'bad.ts', isPutTogether)).toHaveLength(1);
  }, 60_000);
});

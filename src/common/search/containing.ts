/**
 * The pattern, as SQL, of whatever contains a text, in any case and with any accents: to be compared by LIKE with
 * something that is `folded`. It is escaped only when it is folded: folding may bring forth what a pattern reads as a sign.
 *
 * @param parameter the placeholder of the text
 */
export function containing(parameter: string): string {
  return `'%' || regexp_replace(folded(${parameter}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`;
}

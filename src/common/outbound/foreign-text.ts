/** One line that can be stored and shown, whatever a provider wrote; empty for what is no text. @param most signs */
export function oneLine(value: unknown, most: number): string {
  if (typeof value !== 'string') return '';
  const line = value
    .toWellFormed()
    .replaceAll(/\p{C}+/gu, ' ')
    .trim();
  return [...line].slice(0, most).join('');
}

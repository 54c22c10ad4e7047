/** Letters, digits and hyphens: `L'Orange Bleue` is `l-orange-bleue`. Empty when nothing of the text remains. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Postal codes are compared as written in capitals with single spaces. */
export function postalCode(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toUpperCase();
}

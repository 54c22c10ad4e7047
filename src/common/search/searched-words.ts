/** The words of a search, each of which must be found. */
export function searchedWords(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

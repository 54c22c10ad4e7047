/** Said in Brazil, not in Portugal. Endings of number and gender are left open; whole words otherwise. */
const WORDS = [
  'quadri(l|s)',
  'levantamentos? terra',
  'roscas?',
  'afundos?',
  'crucifixos?',
  'mesas? flexoras?',
  'cadeiras? (extensoras?|adutoras?|abdutoras?|flexoras?)',
  'voador(es)?( peitora(l|is))?',
  'desenvolvimento (militar|arnold|sentado|com|na)',
  'supinos? retos?',
  'tríceps testa',
  'socos?',
  'academias?',
  'esteiras?',
  'panturrilhas?',
  'fazendeiros?',
  'pegadas?',
  'meio-fio',
  'de quatro',
  'vocês?',
  'celular(es)?',
  'tela',
  'usuári[oa]s?',
  'contatos?',
  'registros?',
  'cadastr[oa]r?',
  'abdômen',
  'tônus',
  'quilômetros?',
  'treinamentos?',
  'est(á|ão|ou|ar|eja) \\p{L}+ndo',
] as const;

/** Portuguese is European: the words of a text that are not, in the order of the list. */
export function brazilianWords(text: string): string[] {
  return WORDS.flatMap((word) => {
    const found = new RegExp(`(?<![\\p{L}-])(?:${word})(?![\\p{L}-])`, 'iu').exec(text);
    return found ? [found[0]] : [];
  });
}

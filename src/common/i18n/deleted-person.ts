/** Nothing that anybody sees: it tells the name of a deleted account from that of somebody called so. */
const MARK = '\u2063';

/**
 * The name that an erased account keeps. It is stored as a mark around English words and leaves as words of the reader's
 * language: `Translator.shown`, which every answer and every text passes.
 */
export const DELETED_PERSON = { firstName: `${MARK}Deleted`, lastName: `user${MARK}` } as const;

const FIRST_NAME = new RegExp(DELETED_PERSON.firstName, 'g');
const LAST_NAME = new RegExp(DELETED_PERSON.lastName, 'g');

/** Whether a text names somebody who is deleted. Asked of every answer, so it is one search. */
export function namesDeletedPerson(text: string): boolean {
  return text.includes(MARK);
}

/** The text with the two words instead of the stored ones. */
export function withDeletedPersons(text: string, words: { firstName: string; lastName: string }): string {
  return text.replace(FIRST_NAME, () => words.firstName).replace(LAST_NAME, () => words.lastName);
}

/** The words that switch a number off and on, as networks everywhere know them, and in the languages of the product. */
const STOP = new Set(
  'STOP STOPALL UNSUBSCRIBE CANCEL END QUIT OPTOUT REVOKE ARRET ARRETER DESABONNER BAJA PARAR'.split(' '),
);
const START = new Set('START UNSTOP YES'.split(' '));

export type Wish = 'stop' | 'start';

/** What the sender of a text wants. The word stands alone; case, accents and what is around it do not matter. */
export function wishOf(text: string): Wish | null {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const word = /^\P{L}*(\p{L}+)\P{L}*$/u.exec(plain)?.[1]?.toUpperCase() ?? '';
  if (STOP.has(word)) return 'stop';
  return START.has(word) ? 'start' : null;
}

/** On its way or there. */
const TAKEN = new Set(['accepted', 'scheduled', 'queued', 'sending', 'sent', 'delivered', 'read']);
const LOST = new Set(['undelivered', 'failed', 'canceled']);

export type Report = 'taken' | 'lost';

/** What a status of the provider means; null for one that nobody knows. */
export function reportOf(status: string): Report | null {
  if (TAKEN.has(status)) return 'taken';
  return LOST.has(status) ? 'lost' : null;
}

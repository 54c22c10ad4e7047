// Looked up once: it is called for every letter of the catalogue.
const { imul } = Math;

/** FNV-1a with 32 bits: good enough to shuffle, and the same everywhere. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) hash = imul(hash ^ text.charCodeAt(place), 0x01000193);
  return hash >>> 0;
}

/** The order that a seed gives to a day: mixed with an exercise’s hash it says where the exercise comes. */
export function saltOf(seed: number, dayOfWeek: number): number {
  return hashOf(`${String(seed)}/${String(dayOfWeek)}`);
}

export function shuffled(hash: number, salt: number): number {
  let mixed = hash ^ salt;
  mixed = imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

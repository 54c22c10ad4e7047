import { randomBytes, randomInt } from 'node:crypto';

/** Writes a text of its own into a field, and remembers which. The field's name is what it is found by. */
export type Words = (field: string) => string;

/** Unique words by field: ten letters and digits, so that they fit everywhere and are part of nothing else. */
export class Planted {
  private readonly byField = new Map<string, string>();

  /** The word of the field, the same whenever it is asked for. */
  readonly text: Words = (field) => {
    const known = this.byField.get(field);
    if (known) return known;
    const word = `Q${randomBytes(5).toString('hex').slice(0, 9)}`;
    this.byField.set(field, word);
    return word;
  };

  /** A mobile number that no other test has. */
  phone(field: string): string {
    const known = this.byField.get(field);
    if (known) return known;
    const phone = `+336${String(randomInt(10_000_000, 99_999_999))}`;
    this.byField.set(field, phone);
    return phone;
  }

  /** What was written where. */
  entries(): [field: string, text: string][] {
    return [...this.byField];
  }
}

/**
 * What a partial write changes: the fields that were given. An absent field is unchanged, null clears a nullable one
 * (contract §1.1).
 */
export function given<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** A form sends an emptied field as empty text: nothing is written there. */
export function writtenOrNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}

/** Each item once, in the order given. */
export function distinct<T>(items: T[] | undefined): T[] | undefined {
  return items && [...new Set(items)];
}

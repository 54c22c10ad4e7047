/**
 * Three lines that the app finds by itself on Android: the mark of a message for an app, the words, and the hash that
 * says which app. It may have 140 bytes in all, or the app is never given it.
 */
export function codeSmsText(words: string, appHash: string): string {
  return ['<#>', words, appHash].join('\n');
}

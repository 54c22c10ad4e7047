const formats = new Map<string, Intl.NumberFormat>();

/** Making a format costs a hundred times its use, and there are few locales: each is made once. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (!known) {
    if (formats.size > 500) formats.clear();
    known = new Intl.NumberFormat(locale, options);
    formats.set(key, known);
  }
  return known;
}

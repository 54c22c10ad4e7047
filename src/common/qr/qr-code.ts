/** A quarter of a code may be scratched or dirty: it hangs on things that are used. */
const CORRECTION = 'Q';
/** Modules of white around it, as the standard wants. */
const MARGIN = 4;

/** A QR code that says `content`, as an SVG. @param size pixels of a side; without it, as large as there is room */
export async function qrSvg(content: string, size?: number): Promise<string> {
  // The library draws for screens too, and a process that makes no codes has no use for it.
  const { toString: draw } = await import('qrcode');
  const options = { type: 'svg', errorCorrectionLevel: CORRECTION, margin: MARGIN } as const;
  return (await draw(content, size === undefined ? options : { ...options, width: size })).trim();
}

import { toString as draw } from 'qrcode';

/** A quarter of a code may be scratched or dirty: it hangs on things that are used. */
const CORRECTION = 'Q';
/** Modules of white around it, as the standard wants. */
const MARGIN = 4;

/** A QR code that says `content`, as an SVG. @param size pixels of a side; without it, as large as there is room */
export async function qrSvg(content: string, size?: number): Promise<string> {
  const options = { type: 'svg', errorCorrectionLevel: CORRECTION, margin: MARGIN } as const;
  return (await draw(content, size === undefined ? options : { ...options, width: size })).trim();
}

import readQrCode from 'jsqr';
import sharp from 'sharp';

/** What a phone would read in the picture of a QR code, at `pixels` a side; null when it is none. */
export async function readQr(svg: string | Buffer, pixels = 512): Promise<string | null> {
  const picture = sharp(Buffer.from(svg)).resize(pixels, pixels).ensureAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return readQrCode(new Uint8ClampedArray(data), info.width, info.height)?.data ?? null;
}

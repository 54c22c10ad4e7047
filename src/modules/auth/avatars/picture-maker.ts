import { Injectable } from '@nestjs/common';
import type Sharp from 'sharp';
import { FileTooLarge, UnsupportedMediaType } from 'src/common/http/transport-errors';
import { WaitingLine } from 'src/common/limits/waiting-line';
import { ImageTooSmall } from 'src/modules/auth/auth.errors';
import { LARGEST_SIDE, LEAST_SIDE, MOST_PIXELS, pictureKind } from './picture.rules';

/** Unpacked pictures are large: a few at once bound the memory, and leave threads for the others. */
const AT_ONCE = 2;
const MAX_WAITING = 16;
const PATIENCE_SECONDS = 10;
const QUALITY = 82;

/** Makes of what somebody sent a picture of ours: upright, of bounded size, with nothing in it but its pixels. */
@Injectable()
export class PictureMaker {
  private readonly line = new WaitingLine(AT_ONCE, MAX_WAITING);
  private library: Promise<typeof Sharp> | null = null;

  /**
   * WebP, at most 1024 pixels on its longer side, never enlarged.
   *
   * @throws UnsupportedMediaType for anything but a readable JPEG, PNG or WebP; ImageTooSmall; FileTooLarge for more
   * pixels than any camera has; ServiceUnavailable when too many wait
   */
  async make(bytes: Buffer): Promise<Buffer> {
    if (!pictureKind(bytes)) throw new UnsupportedMediaType();
    return this.line.run(() => this.remake(bytes));
  }

  private async remake(bytes: Buffer): Promise<Buffer> {
    const sharp = await this.loaded();
    const picture = (): Sharp.Sharp => sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { width, height } = await readable(sharp(bytes, { limitInputPixels: false }).metadata());
    if (width * height > MOST_PIXELS) throw new FileTooLarge();
    if (Math.min(width, height) < LEAST_SIDE) throw new ImageTooSmall();
    // Metadata (where and when it was taken, and by whom) is left behind: nothing asks to keep it.
    return readable(
      picture()
        .timeout({ seconds: PATIENCE_SECONDS })
        .autoOrient()
        .resize(LARGEST_SIDE, LARGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
        .webp({ quality: QUALITY })
        .toBuffer(),
    );
  }

  /** With its native part it weighs 20 MB of memory, which a process that never sees a picture need not carry. */
  private async loaded(): Promise<typeof Sharp> {
    this.library ??= import('sharp').then(({ default: sharp }) => {
      sharp.cache(false);
      sharp.concurrency(1);
      return sharp;
    });
    return this.library;
  }
}

/** What cannot be decoded is no picture, whatever its first bytes say. */
async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new UnsupportedMediaType({ cause: error });
  }
}

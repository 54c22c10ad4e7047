import { isPhotoName, newPhotoName, photoNameOf, photoUrlOf, pictureKind } from './picture.rules';

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

describe('the kind of a picture', () => {
  it.each([
    ['jpeg', bytes([0xff, 0xd8, 0xff, 0xe0], 'anything')],
    ['png', bytes([0x89], 'PNG\r\n', [0x1a], '\n', 'anything')],
    ['webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
  ])('is %s by its first bytes', (kind, file) => {
    expect(pictureKind(file)).toBe(kind);
  });

  it.each([
    ['nothing', bytes()],
    ['a GIF', bytes('GIF89a')],
    ['a drawing that can hold scripts', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a TIFF', bytes('II*\0')],
    ['a PDF', bytes('%PDF-1.7')],
    ['a sound in the same wrapping as WebP', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
    ['a JPEG with something before it', bytes(' ', [0xff, 0xd8, 0xff])],
    ['half a signature', bytes([0x89], 'PNG')],
  ])('is none of ours for %s', (_, file) => {
    expect(pictureKind(file)).toBeNull();
  });
});

describe('the name of a picture', () => {
  it('is random, one word, and found again in its address', () => {
    const names = new Set(Array.from({ length: 1_000 }, newPhotoName));
    expect(names.size).toBe(1_000);
    for (const name of names) {
      expect(isPhotoName(name)).toBe(true);
      expect(photoNameOf(photoUrlOf(name))).toBe(name);
    }
  });

  it.each(['', '../secrets.json', 'a.webp', `${'a'.repeat(42)}/.webp`, `${'a'.repeat(43)}.webp\n`, 'a'.repeat(48)])(
    'is not %j',
    (name) => {
      expect(isPhotoName(name)).toBe(false);
      expect(photoNameOf(`/static/photos/${name}`)).toBeNull();
    },
  );

  it('is nobody’s for a picture that lies elsewhere', () => {
    expect(photoNameOf(null)).toBeNull();
    expect(photoNameOf(`https://pictures.example/static/photos/${newPhotoName()}`)).toBeNull();
  });
});

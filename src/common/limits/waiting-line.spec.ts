import { ServiceUnavailable } from 'src/common/errors/domain.error';
import { WaitingLine } from './waiting-line';

/** Work that ends when it is told to. */
class Piece {
  hasBegun = false;
  private finish: () => void = () => undefined;

  readonly work = (): Promise<void> => {
    this.hasBegun = true;
    return new Promise((resolve) => (this.finish = resolve));
  };

  end(): void {
    this.finish();
  }
}

const pieces = (count: number): Piece[] => Array.from({ length: count }, () => new Piece());
const begun = (of: readonly Piece[]): boolean[] => of.map(({ hasBegun }) => hasBegun);
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('a waiting line', () => {
  it('begins as many as there are places, and the others in the order they came', async () => {
    const line = new WaitingLine(2, 10);
    const all = pieces(4);
    const done = all.map(({ work }) => line.run(work));
    await settled();
    expect(begun(all)).toEqual([true, true, false, false]);
    all[1]?.end();
    await settled();
    expect(begun(all)).toEqual([true, true, true, false]);
    for (const piece of all) {
      piece.end();
      await settled();
    }
    await Promise.all(done);
    expect(begun(all)).toEqual([true, true, true, true]);
  });

  it('refuses who finds it full, and takes people again when it moves', async () => {
    const line = new WaitingLine(1, 1);
    const [first = new Piece(), second = new Piece(), third = new Piece()] = pieces(3);
    const done = [line.run(first.work), line.run(second.work)];
    await expect(line.run(third.work)).rejects.toBeInstanceOf(ServiceUnavailable);
    expect(third.hasBegun).toBe(false);
    first.end();
    await done[0];
    await settled();
    second.end();
    await done[1];
    const last = line.run(third.work);
    await settled();
    third.end();
    await expect(last).resolves.toBeUndefined();
  });

  it('gives the place on when the work fails', async () => {
    const line = new WaitingLine(1, 1);
    await expect(line.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(line.run(() => Promise.resolve('fine'))).resolves.toBe('fine');
  });
});

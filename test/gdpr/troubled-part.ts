import { type ErasureStep, PersonalDataPart } from 'src/common/personal-data/personal-data';

/** Stands in the middle of the others, by its name; may need several steps, and may die in one of them. */
export class TroubledPart extends PersonalDataPart {
  readonly name = 'middle';
  readonly tables = [];
  readonly steps: string[] = [];
  private troubles = 0;
  private batches = 1;

  /** Fails so many times before it does so many batches. */
  arrange(troubles: number, batches: number): void {
    [this.troubles, this.batches] = [troubles, batches];
    this.steps.length = 0;
  }

  erase({ userId }: { userId: string }): Promise<ErasureStep> {
    this.steps.push(userId);
    if (this.troubles > 0) {
      this.troubles -= 1;
      return Promise.reject(new Error('the process is gone'));
    }
    this.batches -= 1;
    return Promise.resolve(this.batches > 0 ? 'more' : 'done');
  }
}

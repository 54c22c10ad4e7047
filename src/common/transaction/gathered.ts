/** Writes what was gathered, in the transaction of the unit of work that gathered it. */
export type Writer<T> = (items: readonly T[]) => Promise<void>;

/** What a unit of work has gathered to write at its end. */
export class Gathered {
  private readonly items = new Map<Writer<never>, unknown[]>();
  private readonly lastItems = new Map<Writer<never>, unknown[]>();
  private readonly acts = new Set<() => void>();
  private isOver = false;

  /** Answers whether it was taken: after its end a unit takes nothing more. */
  add<T>(writer: Writer<T>, items: readonly T[]): boolean {
    return this.keep(this.items, writer, items);
  }

  /** The same for a writer that does all it does in one statement, sent when it is called. */
  addLast<T>(writer: Writer<T>, items: readonly T[]): boolean {
    return this.keep(this.lastItems, writer, items);
  }

  /** All at once, each kind by its writer. What a writer gathers itself is written too. */
  async write(): Promise<void> {
    for (const [writer, items] of this.items) {
      this.items.delete(writer);
      await writer(items as never[]);
    }
  }

  /** What is written last of all: sent when it returns, and answered when what it returns is done. */
  writeLast(): Promise<unknown> {
    return Promise.all([...this.lastItems].map(([writer, items]) => writer(items as never[])));
  }

  /** Answers whether it was taken; one act is taken once. */
  addAct(act: () => void): boolean {
    if (!this.isOver) this.acts.add(act);
    return !this.isOver;
  }

  /** To the unit around this one, which writes it at its own end. */
  moveTo(outer: Gathered): void {
    for (const [writer, items] of this.items) outer.add(writer, items as never[]);
    for (const [writer, items] of this.lastItems) outer.addLast(writer, items as never[]);
    for (const act of this.acts) outer.addAct(act);
  }

  /** Does what waited for the commit. */
  committed(): void {
    for (const act of this.acts) act();
  }

  end(): void {
    this.isOver = true;
  }

  private keep<T>(kept: Map<Writer<never>, unknown[]>, writer: Writer<T>, items: readonly T[]): boolean {
    if (this.isOver) return false;
    const known = kept.get(writer);
    if (known) known.push(...items);
    else kept.set(writer, [...items]);
    return true;
  }
}

import { ServiceUnavailable } from 'src/common/errors/domain.error';
import { TransactionGate } from './transaction-gate';

describe('the gate before transactions', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('lets as many in as there are places, and the others in the order they came', async () => {
    const gate = new TransactionGate(2);
    const entered: string[] = [];
    const person = (name: string): Promise<void> => gate.enter().then(() => void entered.push(name));
    await Promise.all([person('a'), person('b')]);
    const waiting = [person('c'), person('d')];
    await Promise.resolve();
    expect(entered).toEqual(['a', 'b']);
    gate.leave();
    await waiting[0];
    expect(entered).toEqual(['a', 'b', 'c']);
    gate.leave();
    await waiting[1];
    expect(entered).toEqual(['a', 'b', 'c', 'd']);
  });

  it('refuses those who wait when nobody has left for two seconds', async () => {
    const gate = new TransactionGate(1);
    await gate.enter();
    const refused = expect(gate.enter()).rejects.toBeInstanceOf(ServiceUnavailable);
    await jest.advanceTimersByTimeAsync(2_000);
    await refused;
  });

  it('lets people wait longer as long as others get through, and eight seconds at most', async () => {
    const gate = new TransactionGate(1);
    await gate.enter();
    const front = Promise.allSettled(Array.from({ length: 20 }, () => gate.enter()));
    let last = 'waiting';
    const patient = gate.enter().then(
      () => (last = 'in'),
      () => (last = 'refused'),
    );
    for (let second = 1; second <= 7; second += 1) {
      await jest.advanceTimersByTimeAsync(1_000);
      gate.leave();
    }
    expect(last).toBe('waiting');
    await jest.advanceTimersByTimeAsync(1_000);
    gate.leave();
    await jest.advanceTimersByTimeAsync(1_000);
    await patient;
    expect(last).toBe('refused');
    for (let left = 0; left < 20; left += 1) gate.leave();
    await jest.advanceTimersByTimeAsync(8_000);
    await front;
  });

  it('does not take those for movement who came back without an answer', async () => {
    const gate = new TransactionGate(1);
    await gate.enter();
    const front = gate.enter();
    const refused = expect(gate.enter()).rejects.toBeInstanceOf(ServiceUnavailable);
    await jest.advanceTimersByTimeAsync(1_500);
    gate.leave(false);
    await front;
    await jest.advanceTimersByTimeAsync(500);
    await refused;
  });

  it('refuses at once those who have little time left when somebody comes back without an answer', async () => {
    const gate = new TransactionGate(1);
    await gate.enter();
    await jest.advanceTimersByTimeAsync(5_000);
    const late = [gate.enter(), gate.enter()].map((entered) =>
      entered.then(
        () => 'in',
        () => 'refused',
      ),
    );
    await jest.advanceTimersByTimeAsync(1_600);
    const early = gate.enter();
    gate.leave(false);
    expect(await Promise.all(late)).toEqual(['refused', 'refused']);
    await expect(early).resolves.toBeUndefined();
  });

  it('lets them in when others got through in the meantime', async () => {
    const gate = new TransactionGate(2);
    await gate.enter();
    await gate.enter();
    const [first, second] = [gate.enter(), gate.enter()];
    await jest.advanceTimersByTimeAsync(1_600);
    gate.leave();
    await first;
    await jest.advanceTimersByTimeAsync(300);
    gate.leave(false);
    await expect(second).resolves.toBeUndefined();
  });

  it('gives a place back to those who come after a refusal', async () => {
    const gate = new TransactionGate(1);
    await gate.enter();
    const refused = expect(gate.enter()).rejects.toBeInstanceOf(ServiceUnavailable);
    await jest.advanceTimersByTimeAsync(2_000);
    await refused;
    gate.leave();
    await expect(gate.enter()).resolves.toBeUndefined();
  });
});

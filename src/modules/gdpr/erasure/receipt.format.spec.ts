import { readReceipt, receiptName, receiptText } from './receipt.format';

const RECEIPT = {
  userId: '5f0c1a1e-0d7b-4a68-9a55-0a0a0a0a0a0a',
  requestedAt: new Date('2026-03-01T10:00:00.123Z'),
  erasedAt: new Date('2026-04-01T03:00:00Z'),
};

describe('a filed receipt', () => {
  it('is read as it was written', () => {
    expect(readReceipt(receiptText({ ...RECEIPT }))).toEqual(RECEIPT);
  });

  it('lies under the id of the row, and says nothing else', () => {
    expect(receiptName(RECEIPT.userId)).toBe(`${RECEIPT.userId}.json`);
    expect(Object.keys(JSON.parse(receiptText(RECEIPT)) as object)).toEqual(['user_id', 'requested_at', 'erased_at']);
  });

  it.each(['', 'null', '[]', '{"user_id":"x"}', `{"user_id":"${RECEIPT.userId}","requested_at":"soon"}`, '{'])(
    'is none when it says %j',
    (text) => {
      expect(readReceipt(text)).toBeNull();
    },
  );
});

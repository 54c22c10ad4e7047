import type { OpenAPIObject } from '@nestjs/swagger';
import { inTheWeekOf } from './example-week';

function documentOf(example: unknown): OpenAPIObject {
  return { openapi: '3.0.0', info: { title: 'A document', version: '1' }, paths: {}, 'x-example': example } as never;
}

function told(example: unknown, now: string): unknown {
  const document = inTheWeekOf(documentOf(example), new Date(now)) as unknown as Record<string, unknown>;
  return document['x-example'];
}

describe('the week of the examples', () => {
  const WISH = { logged_at: '2026-03-02T09:30:00Z', scheduled_at: '2026-03-10T08:00:00Z', from: '2026-03-02' };

  it('is the one in which they are read', () => {
    expect(told(WISH, '2026-11-20T12:00:00Z')).toEqual({
      logged_at: '2026-11-16T09:30:00Z',
      scheduled_at: '2026-11-24T08:00:00Z',
      from: '2026-11-16',
    });
  });

  it('keeps the clock on the wall when summer time begins', () => {
    expect(told(WISH, '2026-07-08T12:00:00Z')).toEqual({
      logged_at: '2026-07-06T08:30:00Z',
      scheduled_at: '2026-07-14T07:00:00Z',
      from: '2026-07-06',
    });
  });

  it.each([
    ['2026-03-02T09:30:00Z', '2026-03-02'],
    ['2026-03-09T09:29:59Z', '2026-03-02'],
    ['2026-03-09T09:30:00Z', '2026-03-09'],
    ['2026-03-02T09:29:59Z', '2026-02-23'],
    ['2024-12-31T00:00:00Z', '2024-12-30'],
  ])('begins on Monday morning: at %s it is that of %s', (now, monday) => {
    expect(told({ from: '2026-03-02' }, now)).toEqual({ from: monday });
  });

  it('leaves alone what is no day of the story, and texts that name one', () => {
    const other = {
      birth_date: '1990-05-14',
      version: '2026-01-01',
      text: 'Like `2026-03-02T09:30:00Z`',
      seconds: 86_400,
      none: null,
    };
    expect(told(other, '2026-11-20T12:00:00Z')).toEqual(other);
  });

  it('does not change the document that it is given', () => {
    const document = documentOf(WISH);
    inTheWeekOf(document, new Date('2026-11-20T12:00:00Z'));
    expect(document).toEqual(documentOf(WISH));
  });
});

import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { failureOfAnswer, isFetchable, jobIdOfEvent, reportOf, startedJob, videoTypeOf } from './video-provider.rules';

const misunderstood = (read: () => unknown): void => {
  expect(read).toThrow(new DeliveryFailure('video answer', false));
};

describe('the answer of a provider (trust 28)', () => {
  it('says how it calls what was ordered', () => {
    expect(startedJob({ id: 'job_1:a.b-C', status: 'queued', more: {} })).toBe('job_1:a.b-C');
  });

  it.each([null, 7, 'job', [], {}, { id: 7 }, { id: '' }, { id: 'a/b' }, { id: '..' }, { id: 'a b' }])(
    'is not understood without a name: %j',
    (body) => misunderstood(() => startedJob(body)),
  );

  it('takes names of 128 characters and no longer ones', () => {
    expect(startedJob({ id: 'j'.repeat(128) })).toHaveLength(128);
    misunderstood(() => startedJob({ id: 'j'.repeat(129) }));
  });

  it.each(['queued', 'pending', 'processing', 'running'])('tells that a video is %s', (status) => {
    expect(reportOf({ status })).toEqual({ state: 'running' });
  });

  it('tells where a finished one lies', () => {
    expect(reportOf({ status: 'succeeded', url: 'https://a.example/v.mp4' })).toEqual({
      state: 'done',
      url: 'https://a.example/v.mp4',
    });
  });

  it.each([
    [undefined, null],
    ['', null],
    [{ text: 'no' }, null],
    ['  The prompt\nwas\u0000refused ', 'The prompt was refused'],
    ['💪'.repeat(400), '💪'.repeat(300)],
    ['half a \ud83d', 'half a \ufffd'],
  ])('tells why one failed, on one line: %j', (error, reason) => {
    expect(reportOf({ status: 'failed', error })).toEqual({ state: 'failed', reason });
  });

  it.each([
    null,
    'succeeded',
    {},
    { status: 'succeeded' },
    { status: 'succeeded', url: 7 },
    { status: 'succeeded', url: `https://a.example/${'x'.repeat(2_000)}` },
    { status: 'SUCCEEDED', url: 'https://a.example/v.mp4' },
    { status: 'exploded' },
  ])('is not understood: %j', (body) => misunderstood(() => reportOf(body)));
});

describe('an event of a provider', () => {
  it('says which video it is about', () => {
    expect(jobIdOfEvent({ type: 'video.finished', data: { id: 'job_1' } })).toBe('job_1');
  });

  it.each([undefined, null, 'job_1', [], {}, { data: null }, { data: 'job_1' }, { data: { id: '../x' } }, { id: 'a' }])(
    'is about none: %j',
    (event) => {
      expect(jobIdOfEvent(event)).toBeNull();
    },
  );
});

describe('a finished file (trust 27)', () => {
  const ORIGINS = ['https://videos.example', 'https://cdn.example:8443'];

  it.each(['https://videos.example/a.mp4?signed=1', 'https://VIDEOS.example:443/', 'https://cdn.example:8443/a'])(
    'is fetched from %s',
    (url) => {
      expect(isFetchable(url, ORIGINS)).toBe(true);
    },
  );

  it.each([
    'http://videos.example/a.mp4',
    'https://cdn.example/a.mp4',
    'https://videos.example.evil.example/a.mp4',
    'https://evil.example/https://videos.example/',
    'https://videos.example@evil.example/a.mp4',
    'https://me:secret@videos.example/a.mp4',
    'http://127.0.0.1/a.mp4',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'file:///etc/passwd',
    'data:video/mp4;base64,AAAA',
    '//videos.example/a.mp4',
    '/a.mp4',
    'not an address',
    '',
  ])('is not fetched from %j', (url) => {
    expect(isFetchable(url, ORIGINS)).toBe(false);
  });

  it.each([
    ['video/mp4', Buffer.from('\0\0\0\u0018ftypisom', 'latin1')],
    ['video/webm', Buffer.from('\x1a\x45\xdf\xa3\x9fB\x82\x84webm', 'latin1')],
    [null, Buffer.from('\x1a\x45\xdf\xa3\x9fB\x82\x84matroska', 'latin1')],
    [null, Buffer.from('<html><script>', 'latin1')],
    [null, Buffer.from('GIF89a', 'latin1')],
    [null, Buffer.alloc(0)],
  ])('is %s by its first bytes', (type, bytes) => {
    expect(videoTypeOf(bytes)).toBe(type);
  });
});

describe('a failure of a provider', () => {
  it.each([400, 404, 409, 410, 422, 301, 302])('is final with %d', (status) => {
    expect(failureOfAnswer(status, null)).toMatchObject({ code: `video http_${status}`, isFinal: true });
  });

  it.each([401, 403, 408, 429, 500, 503])('may pass with %d', (status) => {
    expect(failureOfAnswer(status, null)).toMatchObject({ isFinal: false, retryAfterMs: null });
  });

  it('may say when it will have passed', () => {
    expect(failureOfAnswer(429, 60_000).retryAfterMs).toBe(60_000);
  });
});

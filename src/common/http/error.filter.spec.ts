import { Logger } from '@nestjs/common';
import { HttpRefusal } from 'src/common/outbound/bounded-http';
import { ErrorFilter } from './error.filter';

describe('what an error means for its caller', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(true));

  type Parts = ConstructorParameters<typeof ErrorFilter>;
  const filter = new ErrorFilter({} as Parts[0], {} as Parts[1], {} as Parts[2]);
  const parserFault = (status: number): Error => Object.assign(new Error('parser'), { status, expose: status < 500 });

  it.each([
    [400, 'invalid_json'],
    [413, 'payload_too_large'],
    [415, 'unsupported_media_type'],
  ])('is %i where the body parser says so', (status, code) => {
    expect(filter.refusalOf(parserFault(status))).toEqual({ status, code });
  });

  it.each<[string, unknown]>([
    ['a provider that did not find something', new HttpRefusal(404, 'strava http_404', true, null)],
    ['a library that was answered 400', Object.assign(new Error('bad request'), { status: 400 })],
    ['a fault of the parser itself', parserFault(500)],
    ['no error at all', null],
  ])('is a fault of ours for %s', (_, error) => {
    expect(filter.refusalOf(error)).toEqual({ status: 500, code: 'server_error' });
  });
});

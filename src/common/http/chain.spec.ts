import type { IncomingMessage, ServerResponse } from 'node:http';
import { chain, type Middleware } from './chain';

describe('a chain of middlewares', () => {
  const run = (...steps: Middleware[]): { error: unknown; ended: boolean } => {
    const result: { error: unknown; ended: boolean } = { error: undefined, ended: false };
    chain(...steps)({} as IncomingMessage, {} as ServerResponse, (error) => {
      result.error = error;
      result.ended = true;
    });
    return result;
  };

  it('takes each step in turn, then goes on', () => {
    const taken: string[] = [];
    const step =
      (name: string): Middleware =>
      (_request, _response, next) => {
        taken.push(name);
        next();
      };
    expect(run(step('a'), step('b'), step('c'))).toEqual({ error: undefined, ended: true });
    expect(taken).toEqual(['a', 'b', 'c']);
  });

  it('goes on with an error at once', () => {
    const refusal = new Error('no');
    const never = jest.fn();
    expect(run((_request, _response, next) => next(refusal), never)).toEqual({ error: refusal, ended: true });
    expect(never).not.toHaveBeenCalled();
  });

  it('stops where a step answers by itself', () => {
    expect(run(() => undefined)).toEqual({ error: undefined, ended: false });
  });
});

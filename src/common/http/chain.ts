import type { IncomingMessage, ServerResponse } from 'node:http';

export type Next = (error?: unknown) => void;
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: Next) => void;

/** Several middlewares as one: the router's own way from one to the next costs more than most of them do. */
export function chain(...steps: readonly Middleware[]): Middleware {
  return (request, response, next) => {
    let place = 0;
    const step: Next = (error) => {
      const current = steps[place];
      place += 1;
      if (error !== undefined || !current) next(error);
      else current(request, response, step);
    };
    step();
  };
}

import type { Readable } from 'node:stream';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiOkResponse, ApiResponse } from '@nestjs/swagger';
import { mergeMap, type Observable } from 'rxjs';
import { orThrow, RouteNotFound } from 'src/common/errors/domain.error';
import { type ByteRange, rangeOf } from './byte-range.rules';

const PARTIAL_CONTENT = 206;

/** A file that is handed out as a stream, whole or in part. */
export interface RangedFile {
  contentType: string;
  /** In bytes. */
  size: number;
  /** Null when it is gone. */
  open(range: ByteRange): Promise<Readable | null>;
}

interface Asking {
  headers: Record<string, string | undefined>;
}

/** Turns the `RangedFile` that a route answers into bytes. */
@Injectable()
class RangedFileInterceptor implements NestInterceptor {
  constructor(private readonly host: HttpAdapterHost) {}

  intercept(context: ExecutionContext, next: CallHandler<RangedFile>): Observable<StreamableFile> {
    const http = context.switchToHttp();
    return next.handle().pipe(mergeMap((file) => this.answer(file, http.getRequest<Asking>(), http.getResponse())));
  }

  private async answer(file: RangedFile, { headers }: Asking, response: object): Promise<StreamableFile> {
    // Whoever has a part already says of what; we have told nobody a validator that could come back.
    const range = headers['if-range'] === undefined ? rangeOf(headers['range'], file.size) : null;
    const { start, end } = range ?? { start: 0, end: file.size - 1 };
    const stream = orThrow(await file.open({ start, end }), RouteNotFound);
    const { httpAdapter } = this.host;
    httpAdapter.setHeader(response, 'Accept-Ranges', 'bytes');
    if (range) {
      httpAdapter.status(response, PARTIAL_CONTENT);
      httpAdapter.setHeader(response, 'Content-Range', `bytes ${start}-${end}/${file.size}`);
    }
    return new StreamableFile(stream, { type: file.contentType, disposition: 'inline', length: end - start + 1 });
  }
}

/** The route answers a `RangedFile`. Players of telephones play nothing that they cannot ask for in parts. */
export function ServesRanges(): MethodDecorator {
  const schema = { type: 'string', format: 'binary' };
  return applyDecorators(
    UseInterceptors(RangedFileInterceptor),
    ApiOkResponse({ schema }),
    ApiResponse({ status: PARTIAL_CONTENT, description: 'The part that `Range` asks for', schema }),
  );
}

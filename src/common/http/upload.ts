import { createHash } from 'node:crypto';
import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  PayloadTooLargeException,
  UnsupportedMediaTypeException,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { type DomainError, ValidationFailed } from 'src/common/errors/domain.error';
import { FileTooLarge, UnsupportedMediaType } from './transport-errors';

/** The name that every upload of the contract has. */
const FIELD = 'file';
/** Besides the file a form carries a few short fields. */
const FORM_LIMITS = { files: 1, fields: 10, parts: 11, fieldNameSize: 100, fieldSize: 262_144 };

/** A file that came with a request, whole and in memory. What it holds only its bytes can tell, never its name. */
export interface Upload {
  /** As the sender calls it. */
  name: string;
  bytes: Buffer;
}

/** A request once its form has been read. */
export interface UploadingRequest {
  file?: { originalname: string; buffer: Buffer };
  /** SHA-256 of the file, so that the same idempotency key with another file is another request. */
  fileDigest?: string;
}

export interface UploadOptions {
  /** Of the file; one byte more is refused. */
  maxBytes: number;
  /** What the file must hold, for the document of the API. */
  description: string;
  /** Further fields of the form, for the document of the API: name to schema. */
  fields?: Record<string, object>;
}

/** Reads the form, and names what is wrong with it by our codes. */
function formReader({ maxBytes }: UploadOptions): new () => NestInterceptor {
  const FormInterceptor = FileInterceptor(FIELD, { limits: { ...FORM_LIMITS, fileSize: maxBytes } });

  @Injectable()
  class UploadInterceptor implements NestInterceptor {
    private readonly form = new FormInterceptor();

    async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
      const request = context.switchToHttp().getRequest<UploadingRequest & { headers: Record<string, unknown> }>();
      if (!String(request.headers['content-type']).toLowerCase().startsWith('multipart/form-data'))
        throw new UnsupportedMediaType();
      const reading = { isDone: false };
      const handler = {
        handle: () => {
          reading.isDone = true;
          if (!request.file) throw new ValidationFailed([{ field: FIELD, code: 'required' }]);
          request.fileDigest = createHash('sha256').update(request.file.buffer).digest('hex');
          return next.handle();
        },
      };
      try {
        return await this.form.intercept(context, handler);
      } catch (error) {
        throw reading.isDone ? error : refusalOf(error);
      }
    }
  }
  return UploadInterceptor;
}

/** All that goes wrong before the form has been read is about the form, or about a sender who went away. */
function refusalOf(error: unknown): DomainError {
  if (error instanceof PayloadTooLargeException) return new FileTooLarge({ cause: error });
  if (error instanceof UnsupportedMediaTypeException) return new UnsupportedMediaType({ cause: error });
  const { code, field } = ((error as { cause?: unknown }).cause ?? {}) as { code?: string; field?: string };
  const isOneTooMany = code === 'LIMIT_FILE_COUNT' || (code === 'LIMIT_UNEXPECTED_FILE' && field === FIELD);
  if (isOneTooMany) return new ValidationFailed([{ field: FIELD, code: 'too_many' }]);
  if (code === 'LIMIT_UNEXPECTED_FILE') return new ValidationFailed([{ field: FIELD, code: 'required' }]);
  return new ValidationFailed([{ field: 'body', code: 'invalid_format' }]);
}

/**
 * The route takes one file, as the field `file` of a multipart form, kept in memory up to `maxBytes`:
 *
 *     @Post('avatar')
 *     @Roles('client')
 *     @Idempotent()
 *     @TakesFile({ maxBytes: 5 * MEBIBYTE, description: 'JPEG, PNG or WebP' })
 *     async put(@CurrentUser() me: Principal, @SentFile() file: Upload) { … }
 *
 * It stands **below** `@Idempotent()`, which makes it the outer one: the form is read before a transaction is open, and
 * an idempotency key belongs to the file too. Guards come before, so nobody uploads who may not.
 *
 * Refusals: `file_too_large`, `unsupported_media_type` (no form at all), `validation_error` with `file required`,
 * `file too_many` or `body invalid_format`. Whether the bytes are what they should be is the service's to say, with the
 * same `UnsupportedMediaType`.
 */
export function TakesFile(options: UploadOptions): MethodDecorator {
  return applyDecorators(
    UseInterceptors(formReader(options)),
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        required: [FIELD],
        properties: {
          [FIELD]: { type: 'string', format: 'binary', description: options.description },
          ...options.fields,
        },
      },
    }),
  );
}

/** The file of a route with `@TakesFile()`. */
export const SentFile = createParamDecorator((_: unknown, context: ExecutionContext): Upload => {
  const { file } = context.switchToHttp().getRequest<UploadingRequest>();
  if (!file) throw new ValidationFailed([{ field: FIELD, code: 'required' }]);
  return { name: file.originalname, bytes: file.buffer };
});

export const MEBIBYTE = 1_048_576;

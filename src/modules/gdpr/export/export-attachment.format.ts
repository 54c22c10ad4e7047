import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { ExportFile } from './export.types';

const TYPES = { json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8' } as const;

/**
 * An export as an attachment. It is read no faster than it is taken; who leaves ends the reading, and what fails on the
 * way breaks the connection, so that half a file is never taken for a whole one.
 */
export function exportAttachment({ format, chunks }: ExportFile): StreamableFile {
  return new StreamableFile(Readable.from(chunks, { objectMode: false, highWaterMark: 1 }), {
    type: TYPES[format],
    disposition: `attachment; filename="mycoach_export.${format}"`,
  });
}

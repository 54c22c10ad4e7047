import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Optional, Whole } from 'src/common/http/fields';

/** Offset and limit of a list. */
export class PageQuery {
  @Optional()
  @Whole(0, 1_000_000_000, { query: true })
  offset: number = 0;

  @Optional()
  @Whole(1, 100, { query: true })
  limit: number = 50;
}

/** Rows of a list with the count of all of them. */
export interface Rows<T> {
  rows: T[];
  total: number;
}

/** The envelope of every list that can grow. */
export interface Page<T> {
  items: T[];
  total: number;
  offset: number;
  limit: number;
  has_more: boolean;
}

export function pageOf<T, R>({ rows, total }: Rows<T>, { offset, limit }: PageQuery, map: (row: T) => R): Page<R> {
  return { items: rows.map(map), total, offset, limit, has_more: offset + rows.length < total };
}

/** The documented class of a page: `class BookingPage extends PageResponse(BookingResponse) {}`. */
export function PageResponse<T>(item: Type<T>): Type<Page<T>> {
  class PageOf implements Page<T> {
    @ApiProperty({ type: [item] })
    items: T[];
    @ApiProperty({ type: 'integer', description: 'Rows in the whole list' })
    total: number;
    @ApiProperty({ type: 'integer' })
    offset: number;
    @ApiProperty({ type: 'integer' })
    limit: number;
    @ApiProperty({ type: Boolean })
    has_more: boolean;
  }
  return PageOf;
}

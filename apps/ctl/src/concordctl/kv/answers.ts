/** Answers about keys as people are shown them; transactions have them inside. */
import { Buffer } from 'node:buffer';
import type { DeleteRangeResponse, PutResponse, RangeResponse } from '@concord/protocol';
import { pairFields, simplePairs } from '../output/key-value.ts';
import type { Presenter } from '../output/presenter.ts';

type Output = Pick<Presenter, 'isHex' | 'headerFields'>;

export const simpleRange = ({ kvs }: RangeResponse, { isHex }: Output): Buffer =>
  simplePairs(kvs, { isHex });

export const rangeFields = ({ header, kvs, more, count }: RangeResponse, output: Output): string =>
  `${output.headerFields(header)}${kvs.map((pair) => pairFields('', pair, output.isHex)).join('')}` +
  `"More" : ${more}\n"Count" : ${count}\n`;

export const simplePut = ({ prevKv }: PutResponse, { isHex }: Output): Buffer =>
  Buffer.concat([
    Buffer.from('OK\n'),
    simplePairs(prevKv === undefined ? [] : [prevKv], { isHex }),
  ]);

export const putFields = ({ header, prevKv }: PutResponse, output: Output): string =>
  output.headerFields(header) +
  (prevKv === undefined ? '' : pairFields('Prev', prevKv, output.isHex));

export const simpleDelete = (
  { deleted, prevKvs }: DeleteRangeResponse,
  { isHex }: Output,
): Buffer => Buffer.concat([Buffer.from(`${deleted}\n`), simplePairs(prevKvs, { isHex })]);

export const deleteFields = (
  { header, deleted, prevKvs }: DeleteRangeResponse,
  output: Output,
): string =>
  `${output.headerFields(header)}"Deleted" : ${deleted}\n` +
  prevKvs.map((pair) => pairFields('Prev', pair, output.isHex)).join('');

/** Numbers as `top` writes them. */
import { humanBytes } from '../../human-bytes.ts';

export const rate = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : value.toFixed(1);

export const milliseconds = (value: number | undefined): string =>
  value === undefined ? '' : value < 10 ? value.toFixed(2) : String(Math.round(value));

export const bytes = (value: number | undefined): string =>
  value === undefined ? '' : humanBytes(value);

/** How an option is called in each place where it can be given. */
import { z } from 'zod';
import { optionsSchema } from './options.ts';

const PREFIX = 'CONCORD_GATEWAY_';

export type OptionName = keyof typeof optionsSchema.shape;

export const optionNames = Object.keys(optionsSchema.shape) as OptionName[];

/** `listenPort` in a file: `listen-port`. */
export const wordOf = (name: OptionName): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const flagOf = (name: OptionName): string => `--${wordOf(name)}`;

export const variableOf = (name: OptionName): string =>
  PREFIX + name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** Never a flag, which whoever lists processes sees, and never told again. */
export const isSecret = (name: OptionName): boolean =>
  name === 'password' || name === 'oidcClientSecret';

/** A variable of our own that no option has is a mistake, and would be passed over without a word. */
export const isOurVariable = (variable: string): boolean => variable.startsWith(PREFIX);

/** What is told of an option: its kind of value, its default, and what it does. */
export function describedOption(name: OptionName): {
  readonly kind: string;
  readonly fallback: string;
  readonly text: string;
} {
  const schema = optionsSchema.shape[name] as z.ZodType;
  const fallback = schema instanceof z.ZodDefault ? textOf(schema.def.defaultValue) : '';
  return { kind: kindOf(innermost(schema)), fallback, text: schema.description ?? '' };
}

export function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
    ? innermost(schema.unwrap())
    : schema;
}

function kindOf(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodEnum) return schema.options.join('|');
  if (schema instanceof z.ZodNumber) return 'N';
  if (schema instanceof z.ZodBoolean) return 'true|false';
  return schema instanceof z.ZodArray ? 'A,B,…' : 'TEXT';
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

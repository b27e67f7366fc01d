/** The chart's values with what their comments say, read from values.yaml: what its README and its schema are made from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isNode, parseDocument, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { ROOT } from '../../sdk/packages/published.ts';

export const CHART = join(ROOT, 'packaging/helm/concord');

/** One value, or a group of them. */
export interface ChartValue {
  readonly name: string;
  /** Empty where the comment says nothing but `@…`. */
  readonly explanation: string;
  /** The title that a `##` comment before it begins a part of the file with. */
  readonly section: string | undefined;
  readonly default: unknown;
  /** Empty for a value that is not a group, or one that takes any keys. */
  readonly members: readonly ChartValue[];
  readonly oneOf: readonly string[];
  readonly min: number | undefined;
  readonly orType: string | undefined;
}

export function readChartValues(): readonly ChartValue[] {
  const document = parseDocument(readFileSync(join(CHART, 'values.yaml'), 'utf8'));
  if (!isMap(document.contents)) throw new Error('values.yaml is no mapping');
  return valuesOf(document.contents);
}

/** As plain data. */
const plain = (node: unknown): unknown => (isNode(node) ? (node.toJSON() as unknown) : null);

function valuesOf(map: YAMLMap): readonly ChartValue[] {
  return map.items.map((pair, i) => {
    const { key, value } = pair as Pair<Scalar<string>>;
    // What stands before the first key of a map belongs to the map.
    const comment = (i === 0 ? map.commentBefore : undefined) ?? key.commentBefore ?? '';
    const lines = comment.split('\n').map((line) => line.trim());
    // What stands apart, above an empty line, is about more than this value.
    const own = lines.slice(lines.lastIndexOf('') + 1);
    const members = isMap(value) ? valuesOf(value) : [];
    const tag = (name: string): string | undefined =>
      new RegExp(`@${name} ([^@]+)`).exec(own.join(' '))?.[1]?.trim();
    const min = tag('min');
    return {
      name: key.value,
      explanation: own
        .filter((line) => !line.startsWith('#'))
        .join(' ')
        .replace(/@[a-z-]+ [^@]+/g, '')
        .trim(),
      section: lines.find((line) => line.startsWith('#'))?.replace(/^#+\s*/, ''),
      default: plain(value),
      members,
      oneOf: tag('one-of')?.split(' ') ?? [],
      min: min === undefined ? undefined : Number(min),
      orType: tag('or'),
    };
  });
}

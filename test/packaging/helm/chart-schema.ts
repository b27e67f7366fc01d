/**
 * values.schema.json: what Helm refuses before it renders. A name that the chart does not know is refused too: a mistyped
 * value is no value.
 */
import type { ChartValue } from './chart-values.ts';

type Schema = Readonly<Record<string, unknown>>;

export function chartSchema(values: readonly ChartValue[]): string {
  const schema = {
    $schema: 'https://json-schema.org/draft-07/schema#',
    title: 'Values of the chart concord',
    ...objectOf(values),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const objectOf = (values: readonly ChartValue[]): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(values.map((value) => [value.name, schemaOf(value)])),
});

/** Groups that end up in a pod as they are: Kubernetes knows more names than values.yaml shows. */
const OPEN = new Set([
  'resources',
  'requests',
  'limits',
  'podSecurityContext',
  'containerSecurityContext',
  'capabilities',
  'seccompProfile',
  'updateStrategy',
  'startupProbe',
  'livenessProbe',
  'readinessProbe',
  'podAnnotations',
  'labels',
  'global',
]);

function schemaOf(value: ChartValue): Schema {
  const description = value.explanation === '' ? {} : { description: value.explanation };
  if (value.members.length > 0) {
    const group = { ...description, ...objectOf(value.members) };
    return OPEN.has(value.name) ? { ...group, additionalProperties: true } : group;
  }
  const type = typeOf(value.default);
  const enumeration = value.oneOf.length === 0 ? {} : { enum: enumerated(value) };
  return {
    ...description,
    type: value.orType === undefined ? type : [type, ...both(value.orType, type)],
    ...enumeration,
    ...(value.min !== undefined && { minimum: value.min }),
  };
}

/** Empty, where that is the default, stands for none of them. */
const enumerated = ({ oneOf, default: given }: ChartValue): readonly string[] =>
  given === '' ? ['', ...oneOf] : oneOf;

/** A text may be a number, of which YAML makes one by itself. */
const both = (other: string, type: string): readonly string[] =>
  type === 'string' ? ['integer'] : [other];

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (Number.isInteger(value)) return 'integer';
  return typeof value;
}

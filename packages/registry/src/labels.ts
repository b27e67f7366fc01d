/** Labels of an instance, and selectors over them as Kubernetes writes them. */
import { invalidOption } from './options.ts';

export type Labels = Readonly<Record<string, string>>;

/** Labels are for choosing; what is longer or more belongs in the metadata. */
export const LABELS_MAX = 64;
const LABEL_VALUE_CHARACTERS_MAX = 256;
const LABEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/;

/** @throws ConcordError `INVALID_ARGUMENT` */
export function checkLabels(operation: string, value: unknown): Labels {
  if (value === undefined) return {};
  const refuse = (given: unknown, allowed: string): never => {
    throw invalidOption(operation, 'labels', given, allowed);
  };
  if (!isLabels(value)) return refuse(value, 'give an object whose values are strings');
  const entries = Object.entries(value);
  if (entries.length > LABELS_MAX) {
    return refuse(`an object of ${entries.length}`, `give at most ${LABELS_MAX}`);
  }
  for (const [name, text] of entries) {
    if (!LABEL_NAME.test(name)) {
      refuse(value, `name ${JSON.stringify(name)} needs letters, digits, "." "_" "-" or "/"`);
    }
    if (text.length > LABEL_VALUE_CHARACTERS_MAX) {
      refuse(value, `shorten "${name}" to ${LABEL_VALUE_CHARACTERS_MAX} characters`);
    }
  }
  return { ...value };
}

export function isLabels(value: unknown): value is Labels {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}

type Requirement = (labels: Labels) => boolean;

/** `name=value`, `name==value`, `name!=value`, `name in (a,b)`, `name notin (a,b)`, `name`, `!name`. */
const EQUALITY = /^([^\s=!(),]+)\s*(==|=|!=)\s*([^\s=!(),]*)$/;
const MEMBERSHIP = /^([^\s=!(),]+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EXISTENCE = /^(!?)\s*([^\s=!(),]+)$/;

/**
 * Whether labels meet all of a selector's comma-separated requirements. As in Kubernetes, `!=` and `notin` are met
 * by whoever lacks the label.
 *
 * @throws ConcordError `INVALID_ARGUMENT` naming the part that can't be read
 */
export function parseSelector(operation: string, option: string, selector: string): Requirement {
  const parts = selector.split(/,(?![^()]*\))/).map((part) => part.trim());
  if (selector.trim() === '') return () => true;
  const requirements = parts.map((part) => {
    const requirement = parseRequirement(part);
    if (requirement !== undefined) return requirement;
    const forms = '"a=1", "a!=1", "a in (1,2)", "a notin (1,2)", "a" or "!a"';
    throw invalidOption(
      operation,
      option,
      selector,
      `write ${JSON.stringify(part)} in one of the forms ${forms}`,
    );
  });
  return (labels) => requirements.every((isMet) => isMet(labels));
}

function parseRequirement(part: string): Requirement | undefined {
  const equality = EQUALITY.exec(part);
  if (equality !== null) {
    const [, name = '', operator, value = ''] = equality;
    return operator === '!='
      ? (labels) => labels[name] !== value
      : (labels) => labels[name] === value;
  }
  const membership = MEMBERSHIP.exec(part);
  if (membership !== null) {
    const [, name = '', operator, list = ''] = membership;
    const values = new Set(list.split(',').map((value) => value.trim()));
    const isIn = operator === 'in';
    return (labels) => {
      const value = labels[name];
      return (value !== undefined && values.has(value)) === isIn;
    };
  }
  const existence = EXISTENCE.exec(part);
  if (existence === null) return undefined;
  const [, not, name = ''] = existence;
  const isWanted = not === '';
  return (labels) => Object.hasOwn(labels, name) === isWanted;
}

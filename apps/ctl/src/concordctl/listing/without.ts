/** A document without some of the fields of what it is made of. */
export function without<T extends object, K extends keyof T>(
  value: T,
  ...names: readonly K[]
): Omit<T, K> {
  const rest: Partial<T> = { ...value };
  for (const name of names) Reflect.deleteProperty(rest, name);
  return rest as Omit<T, K>;
}

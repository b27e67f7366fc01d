/** The way from the root of the key space to a prefix. */

/** The prefixes on the way to `prefix`, each with the piece it adds: for a row of links. */
export function trailOf(
  prefix: string,
): readonly { readonly prefix: string; readonly label: string }[] {
  const trail: { prefix: string; label: string }[] = [];
  let start = 0;
  for (let slash = prefix.indexOf('/'); slash !== -1; slash = prefix.indexOf('/', start)) {
    trail.push({ prefix: prefix.slice(0, slash + 1), label: prefix.slice(start, slash + 1) });
    start = slash + 1;
  }
  if (start < prefix.length) trail.push({ prefix, label: prefix.slice(start) });
  return trail;
}

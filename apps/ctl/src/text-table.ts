/** A table as etcd's tools print it: headers in capitals and centred with spaces for underscores, cells to the right. */
export function textTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = headers.map((header, i) =>
    Math.max(header.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  const line = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const centred = headers.map((header, i) => {
    const gap = (widths[i] ?? 0) - header.length;
    return header
      .toUpperCase()
      .replaceAll('_', ' ')
      .padStart(header.length + (gap >> 1))
      .padEnd(widths[i] ?? 0);
  });
  const cells = rows.map((row) => row.map((cell, i) => cell.padStart(widths[i] ?? 0)));
  const body = [centred, line, ...cells].map((row) =>
    typeof row === 'string' ? row : `| ${row.join(' | ')} |\n`,
  );
  return `${line}${body.join('')}${line}`;
}

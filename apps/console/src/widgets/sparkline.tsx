/** The course of a number, the size of a word; decoration, since the number stands beside it. */

const WIDTH = 60;
const HEIGHT = 24;

export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const highest = Math.max(...values);
  const lowest = Math.min(...values, highest > 0 ? 0 : highest);
  const span = highest - lowest || 1;
  const points = values.map((value, at) => {
    const x = (at / (values.length - 1)) * WIDTH;
    const y = HEIGHT - 2 - ((value - lowest) / span) * (HEIGHT - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <polygon
        points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`}
        fill="var(--accent)"
        opacity={0.12}
      />
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--accent)"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** Lines over time (uPlot): in the colours of the scheme, as wide as its place, with the values under the pointer told. */
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatClock } from '../format/times.ts';
import classes from './chart.module.css';

export interface ChartLine {
  readonly label: string;
  /** One value for each of `times`; `null` where nothing is known. */
  readonly values: readonly (number | null)[];
}

export interface ChartProps {
  /** What is shown, for who cannot see it. */
  readonly label: string;
  /** Milliseconds since 1970, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  readonly height?: number;
}

/** Lines in their order: the accent first. */
const colours = ['--accent', '--warning-mark', '--good-mark', '--text-quiet'] as const;

export function Chart({ label, times, lines, format, height = 180 }: ChartProps) {
  const { i18n } = useTranslation();
  const { ref: frame, width } = useElementSize();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const scheme = useComputedColorScheme('light');
  const newest = lines.map(({ values }) => values.at(-1) ?? null);
  const names = lines.map((line) => line.label).join('\n');

  useEffect(() => {
    if (place.current === null || width === 0) return;
    plot.current = new uPlot(
      optionsOf(names.split('\n'), { width, height, format, language: i18n.language }),
      dataOf(times, lines),
      place.current,
    );
    return () => {
      plot.current?.destroy();
      plot.current = null;
    };
    // Data are handed to the plot below, without making it again.
  }, [width, height, scheme, names, i18n.language]);
  useEffect(() => plot.current?.setData(dataOf(times, lines)), [times, lines]);

  return (
    <div ref={frame} className={classes.chart} role="group" aria-label={label}>
      <div className={classes.legend}>
        {lines.map((line, at) => (
          <span key={line.label} className={classes.entry}>
            <span
              className={classes.swatch}
              style={{ background: `var(${colours[at % colours.length] ?? ''})` }}
            />
            {line.label}
            <strong>{newest[at] === null ? '–' : format(newest[at] ?? 0)}</strong>
          </span>
        ))}
      </div>
      <div ref={place} style={{ height }} aria-hidden />
    </div>
  );
}

const dataOf = (times: readonly number[], lines: readonly ChartLine[]): uPlot.AlignedData => [
  times.map((ms) => ms / 1000),
  ...lines.map(({ values }) => [...values]),
];

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly format: (value: number) => string;
  readonly language: string;
}

function optionsOf(names: readonly string[], drawing: Drawing): uPlot.Options {
  const { width, height, format, language } = drawing;
  const style = getComputedStyle(document.documentElement);
  const colour = (token: string): string => style.getPropertyValue(token).trim();
  const axis: uPlot.Axis = {
    stroke: colour('--text-quiet'),
    font: '11px "Inter Variable", system-ui, sans-serif',
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    padding: [8, 4, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      y: {
        range: (_plot, lowest, highest) => [Math.min(0, lowest), highest > 0 ? highest * 1.15 : 1],
      },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 26,
        space: 90,
        values: (_plot, ticks) => ticks.map((at) => formatClock(at * 1000, language)),
      },
      { ...axis, size: 58, space: 36, values: (_plot, ticks) => ticks.map((tick) => format(tick)) },
    ],
    series: [
      {},
      ...names.map((label, at) => ({
        label,
        stroke: colour(colours[at % colours.length] ?? '--accent'),
        width: 1.5,
        ...(at === 0 && { fill: `${colour('--accent')}1f` }),
        points: { show: false },
      })),
    ],
    plugins: [pointerValues(names, format, language)],
  };
}

/** A small box at the pointer: the time, and each line's value then. */
function pointerValues(
  names: readonly string[],
  format: (value: number) => string,
  language: string,
): uPlot.Plugin {
  const box = document.createElement('div');
  box.className = classes.pointer ?? '';
  return {
    hooks: {
      init: (plot) => plot.over.append(box),
      setCursor: (plot) => {
        const { idx, left = -1 } = plot.cursor;
        box.hidden = idx === null || idx === undefined || left < 0;
        if (box.hidden || idx === null || idx === undefined) return;
        const at = plot.data[0][idx] ?? 0;
        const rows = names.map((name, line) => {
          const value = plot.data[line + 1]?.[idx];
          return `${name}  ${value === null || value === undefined ? '–' : format(value)}`;
        });
        box.textContent = [formatClock(at * 1000, language), ...rows].join('\n');
        const isRight = left > plot.over.clientWidth / 2;
        box.style.left = isRight ? 'auto' : `${left + 10}px`;
        box.style.right = isRight ? `${plot.over.clientWidth - left + 10}px` : 'auto';
      },
    },
  };
}

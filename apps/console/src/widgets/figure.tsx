/** One number that matters, with what it is, and how it moved. */
import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './figure.module.css';
import { Sparkline } from './sparkline.tsx';

export interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly detail?: ReactNode;
  readonly tone?: 'good' | 'warning' | 'bad';
  /** Its last values, oldest first. */
  readonly course?: readonly number[];
}

export function Figure({ label, value, detail, tone, course }: FigureProps) {
  return (
    <div className={classes.figure} data-tone={tone} data-figures>
      <Text fz="xs" c="dimmed">
        {label}
      </Text>
      <Group justify="space-between" align="flex-end" gap="xs" wrap="nowrap">
        <div className={classes.value}>{value}</div>
        {course !== undefined && course.length > 1 && <Sparkline values={course} />}
      </Group>
      {detail !== undefined && (
        <Text fz="xs" c="dimmed" component="div">
          {detail}
        </Text>
      )}
    </div>
  );
}

/** Figures side by side, as many as fit. */
export function FigureRow({ children }: { readonly children: ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}

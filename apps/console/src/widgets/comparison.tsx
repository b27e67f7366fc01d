/** Two rows of a history compared: picked in a table, shown above it. */
import { Button, Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Panel } from './panel.tsx';

export interface Picks {
  readonly picked: readonly number[];
  readonly onPick: (number: number, isOn: boolean) => void;
}

/** Numbers of rows, two at most: a third pick lets go of the first. */
export function usePicks(): Picks {
  const [picked, setPicked] = useState<readonly number[]>([]);
  const onPick = (number: number, isOn: boolean) =>
    setPicked(isOn ? [...picked, number].slice(-2) : picked.filter((one) => one !== number));
  return { picked, onPick };
}

/** The older and the newer of two rows that are picked and there; undefined until there are two. */
export function pairOf<Row>(
  rows: readonly Row[],
  { picked }: Picks,
  numberOf: (row: Row) => number,
): readonly [before: Row, after: Row] | undefined {
  const [after, before] = rows
    .filter((row) => picked.includes(numberOf(row)))
    .sort((one, other) => numberOf(other) - numberOf(one));
  return before === undefined || after === undefined ? undefined : [before, after];
}

export interface ComparisonPanelProps {
  readonly title: string;
  readonly hint: string;
  /** What the button says. */
  readonly action: string;
  /** Undefined until two rows are picked. */
  readonly comparison: ReactNode | undefined;
  /** The table. */
  readonly children: ReactNode;
}

export function ComparisonPanel({
  title,
  hint,
  action,
  comparison,
  children,
}: ComparisonPanelProps) {
  const [isComparing, setComparing] = useState(false);
  return (
    <Panel
      isFlush
      title={title}
      aside={
        <Group gap="sm">
          <Text fz="xs">{hint}</Text>
          <Button
            variant="default"
            size="compact-xs"
            disabled={comparison === undefined}
            onClick={() => setComparing(!isComparing)}
          >
            {action}
          </Button>
        </Group>
      }
    >
      {isComparing && comparison !== undefined && <div style={{ padding: 16 }}>{comparison}</div>}
      {children}
    </Panel>
  );
}

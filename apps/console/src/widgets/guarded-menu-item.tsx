/** A line of a menu for what not everybody may do: who may not finds it by the arrow keys as well, and is told why. */
import { Menu, type MenuItemProps } from '@mantine/core';
import { Refusal, type Demand } from './refusal.tsx';

export interface GuardedMenuItemProps extends MenuItemProps {
  readonly isPermitted: boolean;
  readonly takes?: Demand;
  readonly onClick: () => void;
}

export function GuardedMenuItem(props: GuardedMenuItemProps) {
  const { isPermitted, takes = 'role', onClick, ...item } = props;
  if (isPermitted) return <Menu.Item {...item} onClick={onClick} />;
  return (
    <Refusal takes={takes}>
      {/* Without Mantine's own mark of what is disabled, which the arrow keys pass over. */}
      <Menu.Item
        leftSection={item.leftSection}
        c="var(--mantine-color-disabled-color)"
        style={{ cursor: 'not-allowed' }}
        closeMenuOnClick={false}
        aria-disabled
      >
        {item.children}
      </Menu.Item>
    </Refusal>
  );
}

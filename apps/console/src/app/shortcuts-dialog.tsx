/** What the keyboard does, told at `?`. */
import { Kbd, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../widgets/dialog.tsx';
import { MOD } from './keyboard.ts';
import classes from './shortcuts-dialog.module.css';

/** By where they work. Keys as they stand on the keyboard; those of a pair are parted by a space. */
const places = [
  {
    place: 'anywhere',
    shortcuts: [
      ['palette', `${MOD}+K`],
      ['list', '?'],
      ['close', 'Esc'],
    ],
  },
  {
    place: 'table',
    shortcuts: [
      ['move', '↑ ↓'],
      ['screen', 'PgUp PgDn'],
      ['ends', 'Home End'],
      ['open', 'Enter'],
    ],
  },
  {
    place: 'editor',
    shortcuts: [
      ['save', `${MOD}+S`],
      ['find', `${MOD}+F`],
      ['complete', 'Ctrl+Space'],
      ['leave', 'Tab'],
    ],
  },
] as const;

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose}>
      <Stack gap="md">
        {places.map(({ place, shortcuts }) => (
          <div key={place}>
            <Title order={3}>{t(`shortcuts.place.${place}`)}</Title>
            <dl className={classes.list}>
              {shortcuts.map(([does, keys]) => (
                <div key={does} className={classes.shortcut}>
                  <dt>{t(`shortcuts.does.${does}`)}</dt>
                  <dd>
                    {keys.split(' ').map((key) => (
                      <Keys key={key} pressed={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </Stack>
    </Dialog>
  );
}

/** Keys that are pressed together. */
const Keys = ({ pressed }: { readonly pressed: string }) => (
  <span className={classes.keys}>
    {pressed.split('+').map((key) => (
      <Kbd key={key} size="xs">
        {key}
      </Kbd>
    ))}
  </span>
);

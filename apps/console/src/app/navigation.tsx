/** The pages, in groups; the one that is open is marked. */
import { CloseButton, ScrollArea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { useSession } from '../session/session.ts';
import mark from './mark.svg';
import classes from './navigation.module.css';
import { pageGroups, type Page } from './page.ts';
import { pages } from './pages.ts';

/** A name, the same in every language. */
const PRODUCT = 'Concord';

export function Navigation({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('shell');
  const { actor } = useSession();
  const mine = pages.filter(
    (page) => page.isForAdministrators !== true || actor?.isAdministrator === true,
  );
  return (
    <nav className={classes.navigation} aria-label={t('navigation')}>
      <div className={classes.brand}>
        <Link to="/" className={classes.name}>
          <img src={mark} width={22} height={22} alt="" />
          {PRODUCT}
        </Link>
        <CloseButton hiddenFrom="sm" aria-label={t('action.close')} onClick={onClose} />
      </div>
      <ScrollArea type="never" className={classes.pages}>
        {pageGroups.map((group) => {
          const inGroup = mine.filter((page) => page.group === group);
          if (inGroup.length === 0) return null;
          return (
            <div key={group} className={classes.group}>
              <div className={classes.heading}>{t(`group.${group}`)}</div>
              <ul>
                {inGroup.map((page) => (
                  <li key={page.path}>
                    <PageLink page={page} />
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </ScrollArea>
    </nav>
  );
}

function PageLink({ page: { path, icon: Mark, name } }: { readonly page: Page }) {
  const { t } = useTranslation('shell');
  return (
    <NavLink to={`/${path}`} end={path === ''} className={classes.page ?? ''}>
      <Mark size={16} stroke={1.7} aria-hidden />
      {t(name)}
    </NavLink>
  );
}

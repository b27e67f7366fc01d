/** The console's languages: which there are, which is spoken, and where its catalogues come from. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Catalogues } from './catalogues.ts';

export const languages = { en: 'English', zh: '中文' } as const;
export type Language = keyof typeof languages;

/** Where a person's choice is kept, in the browser. */
const CHOICE = 'concord.language';

/** The subject whose texts every page has. */
const SHELL: keyof Catalogues = 'shell';

/** One file a subject and language, loaded when a page of that subject is opened. */
const catalogues = import.meta.glob<{ default: object }>('./*/*.json');

const isLanguage = (text: string | null): text is Language => text !== null && text in languages;

/** What was chosen before; else what the browser asks for; else English. */
export function preferredLanguage(chosen: string | null, asked: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  for (const tag of asked) {
    const [language = ''] = tag.toLowerCase().split('-');
    if (isLanguage(language)) return language;
  }
  return 'en';
}

export async function startLanguage(): Promise<void> {
  const loadCatalogue = {
    type: 'backend' as const,
    init: () => undefined,
    read: async (language: string, namespace: string): Promise<object> => {
      const load = catalogues[`./${language}/${namespace}.json`];
      if (load === undefined)
        throw new Error(`there is no catalogue ${language}/${namespace}.json`);
      return (await load()).default;
    },
  };
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(loadCatalogue)
    .use(initReactI18next)
    .init({
      lng: preferredLanguage(localStorage.getItem(CHOICE), navigator.languages),
      fallbackLng: 'en',
      supportedLngs: Object.keys(languages),
      ns: [SHELL],
      defaultNS: SHELL,
      // React escapes what it shows.
      interpolation: { escapeValue: false },
    });
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem(CHOICE, language);
  await i18next.changeLanguage(language);
}

export const spokenLanguage = (): Language =>
  isLanguage(i18next.language) ? i18next.language : 'en';

/** The console's entry. */
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './theme/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Console } from './app/console.tsx';
import { startLanguage } from './language/language.ts';
import { printInLight } from './theme/paper.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element "root"');
printInLight();
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);

/** The subjects of the catalogues, so that the compiler refuses a text that is not there. One line a subject. */
import type configuration from './en/configuration.json';
import type watches from './en/watches.json';
import type audit from './en/audit.json';
import type access from './en/access.json';
import type cluster from './en/cluster.json';
import type keys from './en/keys.json';
import type leases from './en/leases.json';
import type locks from './en/locks.json';
import type overview from './en/overview.json';
import type services from './en/services.json';
import type shell from './en/shell.json';

export interface Catalogues {
  shell: typeof shell;
  overview: typeof overview;
  services: typeof services;
  locks: typeof locks;
  keys: typeof keys;
  leases: typeof leases;
  cluster: typeof cluster;
  access: typeof access;
  audit: typeof audit;
  watches: typeof watches;
  configuration: typeof configuration;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: Catalogues;
  }
}

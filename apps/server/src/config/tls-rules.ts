/** What does not fit together among the flags of TLS: refused where etcd refuses it, and warned about where it warns. */
import type { Address } from './address.ts';
import { ConfigurationError } from './command-line.ts';
import type { FlagValues } from './flags.ts';

/** Answers what the owner should be told. Throws `ConfigurationError`. */
export function checkTls(values: FlagValues): readonly string[] {
  checkVersions(values, 'cipher-suites', values['cipher-suites']);
  checkAllowed(values, 'client-cert-allowed-cn', 'client-cert-allowed-hostname');
  checkAllowed(values, 'peer-cert-allowed-cn', 'peer-cert-allowed-hostname');
  return [...clientWarnings(values), ...peerWarnings(values)];
}

/** Throws `ConfigurationError`. @param suitesFlag without the dashes */
export function checkVersions(
  {
    'tls-min-version': min,
    'tls-max-version': max,
  }: Pick<FlagValues, 'tls-min-version' | 'tls-max-version'>,
  suitesFlag: string,
  suites: readonly string[],
): void {
  if (max !== '' && min > max) {
    throw new ConfigurationError(
      `min version (${min}) is greater than max version (${max}); lower --tls-min-version or raise --tls-max-version`,
    );
  }
  if (min === 'TLS1.3' && suites.length > 0) {
    throw new ConfigurationError(
      'cipher suites cannot be configured when only TLS1.3 is enabled; ' +
        `leave out --${suitesFlag}, or lower --tls-min-version`,
    );
  }
}

function checkAllowed(
  values: FlagValues,
  commonNames: 'client-cert-allowed-cn' | 'peer-cert-allowed-cn',
  hostNames: 'client-cert-allowed-hostname' | 'peer-cert-allowed-hostname',
): void {
  if (values[commonNames].length === 0 || values[hostNames].length === 0) return;
  throw new ConfigurationError(
    `AllowedCNs and AllowedHostnames are mutually exclusive (--${commonNames} ${values[commonNames].join()}, ` +
      `--${hostNames} ${values[hostNames].join()}); leave one of them out`,
  );
}

const isSecure = ({ scheme }: Address): boolean => scheme === 'https' || scheme === 'unixs';

function clientWarnings(values: FlagValues): string[] {
  const urls = [...values['listen-client-urls'], ...values['listen-client-http-urls']];
  const plain = urls.filter((address) => !isSecure(address));
  const isServed = [...urls, ...values['listen-metrics-urls']].some(isSecure);
  const hasCertificate = values['cert-file'] !== '' || values['key-file'] !== '';
  const asks = values['client-cert-auth'] || values['trusted-ca-file'] !== '';
  const warnings: string[] = [];
  for (const { text } of plain) {
    if (hasCertificate || values['auto-tls']) {
      warnings.push(
        `scheme is http or unix while key and cert files are present; ignoring key and cert files for ${text}`,
      );
    }
    if (values['client-cert-auth']) {
      warnings.push(
        `scheme is http or unix while --client-cert-auth is enabled; ignoring client cert auth for ${text}: ` +
          'whoever reaches it is let in',
      );
    }
  }
  if (values['auto-tls'] && hasCertificate)
    warnings.push('ignoring client auto TLS since certs given');
  if (isServed && !asks) warnings.push(...pointless(values, CLIENT_RULES, '--client-cert-auth'));
  return warnings;
}

function peerWarnings(values: FlagValues): string[] {
  const plain = values['listen-peer-urls'].filter((address) => !isSecure(address));
  const isServed = values['listen-peer-urls'].some(isSecure);
  const hasCertificate = values['peer-cert-file'] !== '' || values['peer-key-file'] !== '';
  const asks = values['peer-client-cert-auth'] || values['peer-trusted-ca-file'] !== '';
  const warnings: string[] = [];
  for (const { text } of plain) {
    if (hasCertificate || values['peer-auto-tls']) {
      warnings.push(
        `scheme is HTTP while key and cert files are present; ignoring key and cert files for ${text}`,
      );
    }
    if (values['peer-client-cert-auth']) {
      warnings.push(
        `scheme is HTTP while --peer-client-cert-auth is enabled; ignoring client cert auth for ${text}: ` +
          'whoever reaches it may speak as a member',
      );
    }
  }
  if (values['peer-auto-tls'] && hasCertificate) {
    warnings.push('ignoring peer auto TLS since certs given');
  }
  if (isServed && !asks) {
    warnings.push(
      'the peer port asks for no certificates, so whoever reaches it may speak as a member; ' +
        'set --peer-client-cert-auth and --peer-trusted-ca-file',
      ...pointless(values, PEER_RULES, '--peer-client-cert-auth'),
    );
  }
  return warnings;
}

const CLIENT_RULES = [
  'client-crl-file',
  'client-cert-allowed-cn',
  'client-cert-allowed-hostname',
] as const;
const PEER_RULES = ['peer-crl-file', 'peer-cert-allowed-cn', 'peer-cert-allowed-hostname'] as const;

/** Rules about certificates that nobody is asked for. */
function pointless(
  values: FlagValues,
  rules: readonly ((typeof CLIENT_RULES)[number] | (typeof PEER_RULES)[number])[],
  remedy: string,
): string[] {
  return rules
    .filter((rule) => values[rule].length > 0)
    .map(
      (rule) => `--${rule} keeps nobody out: clients are asked for no certificate; set ${remedy}`,
    );
}

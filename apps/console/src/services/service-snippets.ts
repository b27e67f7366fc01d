/** The same things done by programs: what the console shows, as curl, in the SDK, and for Prometheus. */
import { addressOf } from '../api/gateway.ts';
import type { SnippetForm } from '../widgets/snippet.tsx';

/** How a service comes into being. */
export const registerSnippets = (service: string): readonly SnippetForm[] => [
  {
    name: 'SDK',
    code: `import { connect } from '@concord/sdk';

const concord = await connect({ endpoints: ['127.0.0.1:2379'] });
await concord.registry.register({ name: '${service}', port: 3000 });`,
  },
  {
    name: 'curl',
    code: `curl -X PUT ${addressOf(`v1/services/${service}/instances/${service}-1`)} \\
  -H 'content-type: application/json' \\
  -d '{ "address": "10.0.0.5", "port": 3000, "ttl": "15s" }'

# and again before the 15 seconds have passed:
curl -X POST ${addressOf(`v1/services/${service}/instances/${service}-1/heartbeat`)}`,
  },
];

/** How a service is used. */
export const consumeSnippets = (service: string): readonly SnippetForm[] => [
  {
    name: 'SDK',
    code: `import { connect } from '@concord/sdk';

const concord = await connect({ endpoints: ['127.0.0.1:2379'] });
const ${variableOf(service)} = await concord.registry.discover('${service}', { waitFor: 1 });

const answer = await ${variableOf(service)}.call(({ endpoint }, signal) =>
  fetch(\`http://\${endpoint}/\`, { signal }),
);`,
  },
  {
    name: 'curl',
    code: `# one instance, chosen as the SDK would
curl ${addressOf(`v1/services/${service}/pick`)}

# all of them, and every change from then on
curl -N ${addressOf(`v1/services/${service}/watch`)}`,
  },
  {
    name: 'gRPC',
    code: `import '@concord/registry/grpc';

const client = new Client('concord:///${service}', credentials.createInsecure());`,
  },
  {
    name: 'Prometheus',
    code: `scrape_configs:
  - job_name: ${service}
    http_sd_configs:
      - url: ${addressOf(`http-sd?service=${service}`)}`,
  },
];

/** A name that JavaScript takes for a variable. */
const variableOf = (service: string): string =>
  service.replace(/[^A-Za-z0-9]+(.)?/g, (_, letter: string | undefined) =>
    (letter ?? '').toUpperCase(),
  );

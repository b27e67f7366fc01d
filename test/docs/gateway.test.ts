/** Goal: what is written of the gateway works as it stands. Method: its commands, see README.md. */
import { testPage, testSection } from './documented-recipes.ts';

testPage('docs/gateway.md', ['curl', 'jq', 'dig', 'haproxy'], 10);
testSection('apps/gateway/README.md', 'First steps', 'docs/gateway.md', ['curl', 'jq']);
testSection('README.md', 'Gateway and console', 'docs/gateway.md', ['curl', 'jq']);

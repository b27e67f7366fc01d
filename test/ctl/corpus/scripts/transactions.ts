/** txn */
import { inFormats, step, type Script, type Step } from '../script.ts';

const TXN = 'etcdserverpb.TxnResponse';
const txn = (stdin: string, line = 'txn'): Step => step(line, { stdin });

const ALL_KINDS = `mod("k1") > "0"

put k1 "overwritten"
get k1
del k2

put k1 "created"
put k2 'some extra key'

`;

const inputOf = (steps: readonly Step[], stdin: string): readonly Step[] =>
  steps.map((one) => ({ ...one, stdin }));

export const transactionsScript: Script = {
  name: 'transactions',
  isOfOldEtcdToo: true,
  steps: [
    txn(ALL_KINDS),
    txn(ALL_KINDS),
    ...inputOf(inFormats('txn', ['json', 'fields', 'protobuf', 'table'], TXN), ALL_KINDS),
    txn(ALL_KINDS, 'txn -i'),
    txn(ALL_KINDS, 'txn --interactive=false'),
    txn('\n\n\n'),
    txn('\nput a b\n\n\n'),
    txn('ver("a") = "1"\n\nget a --print-value-only\n\n\n'),
    txn('version("a") = "1"\nc("a") > "0"\ncreate("a") < "1000"\nm("a") != "0"\n\nget a\n\n\n'),
    txn('val("a") = "b"\nvalue("a") != "c"\n\ndel a --prev-kv\n\n\n'),
    txn('val("a") = "b"\n\n\nget "" --prefix --keys-only\n\n'),
    txn('\nget "" --from-key --limit 1\n\n\n', 'txn -w json'),
    txn('\nput "a b" "c\\td\\x01\\u00e9"\n\n\n'),
    txn("\nput 'single quoted' 'a \"b\" c'\n\n\n"),
    txn('\nget "a b"\nget \'single quoted\'\n\n\n', 'txn -w fields'),
    txn('\nget "a b" --hex\n\n\n'),
    txn('  mod("k1") > "0"  \n  \n  put k1 spaces  \n\n\n'),
    txn('val("\\x61 b") = "c\\td\\x01\\u00e9"\n\nput x y --prev-kv\n\n\n'),
    txn('foo\n'),
    txn('foo("a") = "1"\n'),
    txn('mod("a") "1"\n'),
    txn('mod("a") > 1\n'),
    txn('mod("a")>"1"\n'),
    txn('mod("a" > "1"\n'),
    txn('mod(a) > "1"\n'),
    txn('mod("a") > "x"\n'),
    txn('\nput\n'),
    txn('\nput a\n\n\n'),
    txn('\nfoo a b\n'),
    txn('\nput a b --foo\n'),
    txn('\nget a b --prefix\n'),
    txn('\nput a b --lease 123\n\n\n'),
    txn('\nput a 1\nput a 2\n\n\n'),
    txn('mod("a") > "0"'),
    txn('\nput a b\n'),
    txn(''),
    step('txn extra'),
  ],
};

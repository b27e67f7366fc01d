/** lock, elect */
import { step, type Script } from '../script.ts';

export const coordinationScript: Script = {
  name: 'coordination',
  steps: [
    step('lock'),
    step('lock jobs true'),
    step('lock jobs false'),
    step("lock jobs -- sh -c 'exit 7'", { isProcess: true }),
    step('lock jobs nosuchprogram'),
    step('lock jobs echo held'),
    step("lock jobs -- sh -c 'echo rev $ETCD_LOCK_REV; echo $ETCD_LOCK_KEY | cut -d/ -f1'"),
    step('lock jobs --ttl 5 echo held'),
    step('lock jobs --ttl x'),
    step('lock jobs', { untilLines: 2, end: 'interrupt', isProcess: true }),
    step('get jobs/ --prefix'),
    step('lock jobs', { untilLines: 2, end: 'interrupt', beside: 'first' }),
    step('lock jobs echo second', { untilLines: 0, beside: 'second' }),
    step('get nothing', { after: 'first' }),
    step('get nothing', { after: 'second' }),
    step('lock jobs -w fields', { untilLines: 12, end: 'interrupt' }),
    step('elect'),
    step('elect board'),
    step('elect board x -l'),
    step('elect a b c'),
    step('elect board me', { untilLines: 2, end: 'interrupt', isProcess: true }),
    step('elect board me', { untilLines: 2, end: 'interrupt', beside: 'me' }),
    step('elect -l board', { untilLines: 2, end: 'interrupt' }),
    step('elect board --listen -w fields', { untilLines: 12, end: 'interrupt' }),
    step('get nothing', { after: 'me' }),
    step('get board/ --prefix'),
  ],
};

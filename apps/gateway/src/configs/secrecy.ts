/** Secret contents: sealed in the cluster, masked in answers, opened for whoever may see them. */
import type { ItemAddress, Content, KeyRing } from '@concord/config/records';
import { isSealed } from '@concord/config/records';
import type { Actor } from '../access/actor.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { Problem } from '../http/problem.ts';

/**
 * No key is there: the right to read it is the right to see the item's secrets in clear, so that etcd's roles decide that,
 * too.
 */
export const secretKey = ({ namespace, path }: ItemAddress): string =>
  `/concord/config/secrets/${namespace}/${path}`;

/** What may be shown of contents to one actor. */
export interface Sight {
  /** The document, or undefined where it is masked. */
  show(address: ItemAddress, content: Content, isSecret: boolean): string | undefined;
}

/** Shows what is not secret. */
export const masked: Sight = {
  show: (_, content, isSecret) => (isSecret || isSealed(content) ? undefined : content),
};

/**
 * Shows everything that the actor may see.
 *
 * @throws Problem `forbidden`, from `show`, for a secret that the actor may not see; `conflict` where the gateway has not
 * the key it is sealed with
 */
export const revealed = (actor: Actor, keys: KeyRing | undefined): Sight => ({
  show(address, content, isSecret) {
    if (!isSecret && !isSealed(content)) return content;
    tellAudit({ isSensitive: true });
    if (!actor.may('read', secretKey(address))) {
      throw new Problem('forbidden', {
        detail: `the roles of ${actor.name} do not let them see secrets: that takes the right to read ${secretKey(address)}`,
      });
    }
    if (!isSealed(content)) return content;
    const opened = keys?.open(content, `${address.namespace}/${address.path}`);
    if (opened?.ok === true) return opened.text;
    throw new Problem('conflict', {
      detail: `it is sealed with the key ${JSON.stringify(content.key)}, which the gateway does not have: give it with --config-keys`,
    });
  },
});

/** A lease by its id. Leases are shown to administrators: for others it is no way to a page that refuses them. */
import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useIsAdministrator } from '../session/use-may.ts';

export function LeaseLink({ id }: { readonly id: string }) {
  if (!useIsAdministrator()) {
    return (
      <Text span ff="monospace" fz="xs">
        {id}
      </Text>
    );
  }
  return (
    <Anchor component={Link} to={`/leases?lease=${id}`} ff="monospace" fz="xs">
      {id}
    </Anchor>
  );
}

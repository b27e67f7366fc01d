/** The first page: the cluster at a glance. */
import { Container, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { gatewayAddress } from '../api/gateway-address.ts';

interface Member {
  readonly id: string;
  readonly name: string;
  readonly clientUrls: readonly string[];
}

export function Overview() {
  const { data } = useQuery({
    queryKey: ['members'],
    queryFn: async () =>
      (await (await fetch(gatewayAddress(document.baseURI) + 'v1/cluster/members')).json()) as {
        members: Member[];
      },
  });
  return (
    <Container py="xl">
      <Title order={1}>Overview</Title>
      <Table>
        <Table.Tbody>
          {data?.members.map((member) => (
            <Table.Tr key={member.id}>
              <Table.Td>{member.name}</Table.Td>
              <Table.Td>{member.clientUrls.join(', ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Container>
  );
}

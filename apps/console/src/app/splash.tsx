/** Before anything can be shown. */
import { Center, Loader } from '@mantine/core';

export const Splash = () => (
  <Center h="60vh" aria-busy="true">
    <Loader size="sm" color="gray" />
  </Center>
);

/** Paper is white whatever the screen is: a page is printed in the light scheme, and shown as it was afterwards. */

const SCHEME = 'mantineColorScheme';

export function printInLight(): void {
  const { dataset } = document.documentElement;
  let onScreen: string | undefined;
  matchMedia('print').addEventListener('change', ({ matches }) => {
    if (matches) {
      onScreen = dataset[SCHEME];
      dataset[SCHEME] = 'light';
    } else if (onScreen !== undefined) dataset[SCHEME] = onScreen;
  });
}

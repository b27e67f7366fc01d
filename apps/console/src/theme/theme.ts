/** How the console looks: one accent, neutral greys, small radii; colours are tokens, named by what they are for. */
import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';

/** The one accent: an indigo that passes AA as text on white (shade 6) and on the dark surface (shade 3). */
const accent: MantineColorsTuple = [
  '#eff1ff',
  '#dde1fd',
  '#bcc4fa',
  '#9ca7f6',
  '#7c89ee',
  '#616ee3',
  '#4f5bd5',
  '#4149b8',
  '#363d97',
  '#2e3478',
];

/** Greys with a little blue: text, lines and surfaces of the light scheme. */
const gray: MantineColorsTuple = [
  '#f8f9fa',
  '#f1f2f4',
  '#e6e8eb',
  '#d5d9de',
  '#b1b7c0',
  '#858d99',
  '#5f6773',
  '#454c57',
  '#2d323a',
  '#191c21',
];

/** The dark scheme, from text (0) down to the page (9). */
const dark: MantineColorsTuple = [
  '#e8eaed',
  '#c3c7ce',
  '#9aa1ab',
  '#6b727d',
  '#343941',
  '#282c33',
  '#1d2026',
  '#16191e',
  '#111317',
  '#0b0d10',
];

/** What lies above a page has the colour of its panels. */
const raised = {
  content: { background: 'var(--surface)' },
  header: { background: 'var(--surface)' },
  title: { fontWeight: 620 },
};

export const theme: MantineThemeOverride = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: { accent, gray, dark },
  fontFamily:
    "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
  fontFamilyMonospace:
    "'JetBrains Mono Variable', ui-monospace, 'SF Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs', fw: 550 } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Textarea: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Badge: { defaultProps: { variant: 'light', size: 'sm', radius: 'sm', tt: 'none', fw: 550 } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, arrowSize: 5, fz: 'xs' } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'md',
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 100 },
      },
      styles: raised,
    },
    Drawer: {
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.18 },
        transitionProps: { duration: 120 },
      },
      styles: raised,
    },
    Spotlight: { defaultProps: { radius: 'md' }, styles: raised },
    Menu: {
      defaultProps: {
        shadow: 'md',
        radius: 'md',
        transitionProps: { duration: 80 },
        // An element that takes the focus and is no line of the menu: aids count it as one.
        withInitialFocusPlaceholder: false,
      },
    },
    Tabs: { defaultProps: { keepMounted: false } },
  },
});

/** Which token each of Mantine's colours is, where it stands as text on its own tint: badges, alerts, notes. */
const tokens = {
  accent: 'accent',
  blue: 'accent',
  green: 'good',
  teal: 'good',
  yellow: 'warning',
  orange: 'warning',
  red: 'bad',
} as const;

const tints = Object.fromEntries(
  Object.entries(tokens).flatMap(([colour, token]) => [
    [`--mantine-color-${colour}-light`, `var(--${token}-soft)`],
    [`--mantine-color-${colour}-light-hover`, `var(--${token}-soft)`],
    [`--mantine-color-${colour}-light-color`, `var(--${token})`],
  ]),
);

const quietTints = {
  '--mantine-color-gray-light': 'var(--hover)',
  '--mantine-color-gray-light-hover': 'var(--hover)',
  '--mantine-color-gray-light-color': 'var(--text-quiet)',
};

/** Our tokens, and Mantine's own that follow from them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--header-height': '3rem' },
  light: {
    ...tints,
    ...quietTints,
    '--page': '#f7f8f9',
    '--surface': '#ffffff',
    '--surface-sunken': '#f3f4f6',
    '--hover': '#f1f2f5',
    '--line': '#e4e6ea',
    '--line-strong': '#d3d7dd',
    '--text': '#191c21',
    '--text-quiet': '#5b636f',
    '--accent': '#4f5bd5',
    '--accent-soft': '#eef0ff',
    '--good': '#18794e',
    '--good-mark': '#2b9a66',
    '--good-soft': '#e8f6ee',
    '--warning': '#8a5a00',
    '--warning-mark': '#d98e04',
    '--warning-soft': '#fff4d9',
    '--bad': '#b42318',
    '--bad-mark': '#d92d20',
    '--bad-soft': '#fdecea',
    '--mantine-color-body': '#f7f8f9',
    '--mantine-color-text': '#191c21',
    '--mantine-color-dimmed': '#5b636f',
    '--mantine-color-placeholder': '#6d7581',
    '--mantine-color-anchor': '#4149b8',
    '--mantine-color-default': '#ffffff',
    '--mantine-color-default-hover': '#f5f6f8',
    '--mantine-color-default-border': '#d9dce1',
    '--mantine-color-error': '#b42318',
  },
  dark: {
    ...tints,
    ...quietTints,
    '--page': '#0e1013',
    '--surface': '#15171b',
    '--surface-sunken': '#101215',
    '--hover': '#1c1f24',
    '--line': '#25282e',
    '--line-strong': '#363a42',
    '--text': '#e8eaed',
    '--text-quiet': '#9aa1ab',
    '--accent': '#9ca7f6',
    '--accent-soft': '#20243d',
    '--good': '#5bc98f',
    '--good-mark': '#3dbb78',
    '--good-soft': '#12281d',
    '--warning': '#e8b04a',
    '--warning-mark': '#e2a02b',
    '--warning-soft': '#2d2413',
    '--bad': '#ff8a7d',
    '--bad-mark': '#f0554a',
    '--bad-soft': '#331715',
    '--mantine-color-body': '#0e1013',
    '--mantine-color-text': '#e8eaed',
    '--mantine-color-dimmed': '#9aa1ab',
    '--mantine-color-placeholder': '#8b929d',
    '--mantine-color-anchor': '#9ca7f6',
    '--mantine-color-default': '#191c21',
    '--mantine-color-default-hover': '#20242a',
    '--mantine-color-default-border': '#30343b',
    '--mantine-color-error': '#ff8a7d',
  },
});

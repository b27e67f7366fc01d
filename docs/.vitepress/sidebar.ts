/** What the site's pages are called, and in which order they are read. */
import type { DefaultTheme } from 'vitepress';

const guides = [
  ['start', 'Start', '开始'],
  ['concepts', 'Concepts', '概念'],
  ['discovery', 'Services find each other', '服务发现'],
  ['live-configuration', 'Live configuration', '动态配置'],
  ['locks', 'Locks and elections', '锁与选举'],
  ['nestjs', 'NestJS', 'NestJS'],
  ['testing', 'Tests', '测试'],
  ['console', 'The console', '控制台'],
] as const;

export const english: DefaultTheme.SidebarItem[] = [
  {
    text: 'Guides',
    items: guides.map(([page, text]) => ({ text, link: `/guides/${page}` })),
  },
  {
    text: 'SDK',
    items: [
      { text: '@concord/sdk', link: '/sdk/' },
      { text: '@concord/registry', link: '/sdk/registry' },
      { text: 'Picking', link: '/sdk/balancing' },
      { text: '@concord/config', link: '/sdk/config' },
      { text: '@concord/lock', link: '/sdk/lock' },
      { text: '@concord/client', link: '/sdk/client' },
      { text: '@concord/nestjs', link: '/sdk/nestjs' },
      { text: '@concord/testing', link: '/sdk/testing' },
    ],
  },
  {
    text: 'Without the SDK',
    items: [
      { text: 'The gateway', link: '/gateway' },
      { text: 'HTTP of a member', link: '/http-api' },
      { text: 'etcd’s v2 API', link: '/v2-api' },
    ],
  },
  {
    text: 'Operating',
    items: [
      { text: 'Deploying it', link: '/deployment' },
      { text: 'Moving from etcd', link: '/migration' },
      { text: 'Recipes and disasters', link: '/operations' },
      { text: 'Backups', link: '/backup' },
      { text: 'What is wrong: doctor, top', link: '/doctor' },
      { text: 'concordctl', link: '/concordctl' },
      { text: 'concordctl’s own groups', link: '/concordctl-groups' },
      { text: 'Proxies', link: '/proxy' },
      { text: 'Options', link: '/configuration' },
      { text: 'Users and permissions', link: '/auth' },
      { text: 'Security', link: '/security' },
    ],
  },
  {
    text: 'Judging it',
    items: [
      { text: 'Compatibility', link: '/compatibility' },
      { text: 'Reliability', link: '/reliability' },
      { text: 'Performance', link: '/performance' },
    ],
  },
];

export const chinese: DefaultTheme.SidebarItem[] = [
  { text: '指南', items: guides.map(([page, , text]) => ({ text, link: `/zh/guides/${page}` })) },
];

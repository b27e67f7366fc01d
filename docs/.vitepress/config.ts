/** The site: what `docs/` has, in English, and the guides in Chinese. `npm run docs` builds it into `docs/.vitepress/dist`. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { linksOfReadmes } from './readme-links.ts';
import { english, chinese } from './sidebar.ts';

const chineseSearch = {
  translations: {
    button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
    modal: {
      noResultsText: '没有找到',
      resetButtonTitle: '清除',
      footer: { selectText: '打开', navigateText: '移动', closeText: '关闭' },
    },
  },
};

export default defineConfig({
  title: 'Concord',
  description: 'Coordination for TypeScript teams, in etcd’s protocol',
  cleanUrls: true,
  lastUpdated: false,
  srcExclude: ['node_modules/**'],
  // What is shown as examples of addresses on the reader's own machine.
  ignoreDeadLinks: [/^https?:\/\/(localhost|127\.0\.0\.1)/],
  markdown: {
    config: (markdown) => linksOfReadmes(markdown, fileURLToPath(new URL('..', import.meta.url))),
  },
  themeConfig: {
    search: { provider: 'local', options: { locales: { zh: chineseSearch } } },
    outline: [2, 3],
  },
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      themeConfig: {
        nav: [
          { text: 'Guides', link: '/guides/start', activeMatch: '/guides/' },
          { text: 'SDK', link: '/sdk/', activeMatch: '/sdk/' },
          { text: 'Gateway', link: '/gateway' },
          { text: 'Operations', link: '/operations' },
        ],
        sidebar: english,
      },
    },
    zh: {
      label: '简体中文',
      lang: 'zh-CN',
      link: '/zh/guides/start',
      themeConfig: {
        nav: [
          { text: '指南', link: '/zh/guides/start', activeMatch: '/zh/guides/' },
          { text: 'SDK 参考（英文）', link: '/sdk/' },
        ],
        sidebar: chinese,
        outline: { level: [2, 3], label: '本页目录' },
        docFooter: { prev: '上一页', next: '下一页' },
        darkModeSwitchLabel: '外观',
        sidebarMenuLabel: '菜单',
        returnToTopLabel: '回到顶部',
        langMenuLabel: '语言',
      },
    },
  },
});

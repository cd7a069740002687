import { defineConfig } from 'vitest/config';
import { pages } from './site/pages.ts';
import { offlineShell } from './site/offline-shell.ts';
import { fakeApi } from './tools/fake-api.ts';
import { contentSecurityPolicy } from './site/headers.ts';

// PARTITA_API=fake serves a pretended API for working on the page alone; any other value is the
// address of a running gateway.
const api = process.env['PARTITA_API'] ?? 'http://127.0.0.1:8080';
const proxy = { '/v1': { target: api, changeOrigin: true } };

export default defineConfig({
  appType: 'mpa',
  plugins: [pages(), offlineShell(), ...(api === 'fake' ? [fakeApi()] : [])],
  server: { host: '127.0.0.1', ...(api === 'fake' ? {} : { proxy }) },
  preview: {
    host: '127.0.0.1',
    headers: { 'Content-Security-Policy': contentSecurityPolicy },
    ...(api === 'fake' ? {} : { proxy }),
  },
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Fonts and images as files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ['index.html', 'about.html', '404.html', 'instruments/index.html', 'instruments/piano.html'],
    },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node', isolate: false, fileParallelism: false },
});

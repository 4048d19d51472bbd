import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  // The sample library's texts, which tests and pictures show, stand beside the page's folder.
  server: { port: 1420, strictPort: true, fs: { allow: ['..'] } },
  // Found before the first test runs: what is found later reloads the page under it.
  optimizeDeps: { entries: ['index.html', '{src,extension/src}/**/*.test.ts'] },
  build: {
    target: ['es2022', 'safari16'],
    // The content security policy allows files of our own and no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one piece, and it comes from the disk.
    chunkSizeWarningLimit: 700,
  },
  test: {
    include: ['{src,extension/src}/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    browser: {
      enabled: true,
      api: { strictPort: false },
      headless: true,
      screenshotFailures: false,
      viewport: { width: 1440, height: 900 },
      provider: playwright({
        launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});

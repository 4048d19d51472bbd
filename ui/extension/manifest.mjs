// The manifest, and how the two browsers' differ. docs/extension.md gives the reason for each permission.

/** The ports at which Bilat may listen; src/bilat.ts tries them in this order. */
export const PORTS = [28410, 28411, 28412, 28413, 28414];

const SIZES = [16, 24, 32, 48, 128];

/** The pages and the background may speak to Bilat's ports on this computer and to nothing else, whatever a bug would have them do. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  `connect-src ${PORTS.map((port) => `http://127.0.0.1:${port}`).join(' ')}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * @param {'chromium' | 'firefox'} browser
 * @param {string} version
 */
export function manifest(browser, version) {
  const icons = Object.fromEntries(SIZES.map((size) => [size, `icons/${size}.png`]));
  const common = {
    manifest_version: 3,
    name: 'Bilat',
    description: 'Sends the page you are reading, as you see it, to the Bilat on your own computer.',
    version,
    icons,
    action: { default_popup: 'popup.html', default_title: 'Clip to Bilat', default_icon: icons },
    options_ui: { page: 'pair.html', open_in_tab: true },
    permissions: ['activeTab', 'alarms', 'contextMenus', 'scripting', 'unlimitedStorage'],
    optional_permissions: ['tabs'],
    host_permissions: ['http://127.0.0.1/*', 'http://localhost/*'],
    content_security_policy: { extension_pages: POLICY },
    commands: {
      'clip-page': { suggested_key: { default: 'Alt+Shift+C' }, description: 'Clip the page' },
      'clip-quote': { suggested_key: { default: 'Alt+Shift+Q' }, description: 'Clip the selection as a quote' },
    },
  };
  if (browser === 'chromium') {
    return {
      ...common,
      minimum_chrome_version: '120',
      background: { service_worker: 'background.js', type: 'module' },
    };
  }
  return {
    ...common,
    background: { scripts: ['background.js'], type: 'module' },
    browser_specific_settings: {
      gecko: {
        id: '{6f1d3c1e-5b0a-4f53-9c0e-2b1a7c54d9e8}',
        strict_min_version: '140.0',
        // The page goes to a program outside the browser, though on the same computer.
        data_collection_permissions: { required: ['websiteContent'] },
      },
    },
  };
}

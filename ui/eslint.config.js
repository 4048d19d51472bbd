import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const FEATURES = ['library', 'reader', 'clip', 'pairs', 'palette', 'settings', 'start', 'briefing'];

/** What a folder may not import, with the reason shown. */
const ban = (files, group, message) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }, TAURI] }] } });
const TAURI = { group: ['@tauri-apps/*'], message: 'Only host/tauri.ts speaks to Tauri.' };

export default ts.config(
  { ignores: ['dist', 'src/host/schema.ts', 'extension/dist', 'node_modules'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig, extraFileExtensions: ['.svelte'] } },
  },
  {
    rules: {
      'no-undef': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // The content security policy blocks style attributes; style: directives go through the CSSOM and are fine.
      'no-restricted-syntax': ['error', { selector: 'SvelteAttribute[key.name="style"]', message: 'Use a style: directive.' }],
      'svelte/prefer-svelte-reactivity': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-imports': ['error', { patterns: [TAURI] }],
    },
  },
  { files: ['src/host/tauri.ts'], rules: { 'no-restricted-imports': 'off' } },
  ban(['src/controls/**'], ['../*'], 'Controls import nothing of ours.'),
  ...FEATURES.map((own) =>
    ban(
      [`src/${own}/**`],
      [...FEATURES.filter((other) => other !== own), 'panes'].map((other) => `**/../${other}/**`),
      'A feature imports controls, host, texts and itself; only panes compose features.',
    ),
  ),
);

/** The window on an invented library, to look at: `npm run dev`, then /e2e/preview/?library=full&theme=dark. */
import '../../src/styles/fonts.css';
import '../../src/styles/tokens.css';
import '../../src/styles/base.css';
import { mount } from 'svelte';
import App from '../../src/App.svelte';
import { applyAppearance, remembered } from '../../src/host/appearance.svelte';
import { Failure } from '../../src/host/host';
import { FixtureLibrary } from '../../test/fixture';

const wish = new URLSearchParams(location.search);
const theme = wish.get('theme') === 'dark' ? 'dark' : 'light';
localStorage.setItem('bilat.look', JSON.stringify({ theme }));
applyAppearance(remembered());
const kind = wish.get('library');
const host = new FixtureLibrary(kind === 'empty' || kind === 'many' ? kind : 'full');
if (kind === 'unusable') host.failing.set('library_status', new Failure('library_unusable', 'This library was written by a newer version of Bilat. Install the newest version to open it.', null, '/home/analyst/Documents/Bilat/northern-desk.bilat'));
Object.assign(window, { library: host });
mount(App, { target: document.getElementById('app')!, props: { host } });

import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { httpHost } from './host/http';
import { inTauri, tauriHost } from './host/tauri';
import { applyAppearance, remembered } from './host/appearance.svelte';
import { stay } from './stay';

/** Where the development server listens when the page runs in a browser; `?door=` names another place. */
const DOOR = 'http://127.0.0.1:8733';

stay(window);
applyAppearance(remembered());
const host = inTauri() ? tauriHost() : httpHost(new URLSearchParams(location.search).get('door') ?? DOOR);
mount(App, { target: document.getElementById('app')!, props: { host } });

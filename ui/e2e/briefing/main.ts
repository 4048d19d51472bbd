import '../../src/styles/fonts.css';
import '../../src/styles/tokens.css';
import '../../src/styles/base.css';
import { mount } from 'svelte';
import { Failure } from '../../src/host/host';
import { httpHost } from '../../src/host/http';
import { fixtureHost, sample } from './fixture';
import Stage from './Stage.svelte';

const asked = new URLSearchParams(location.search);
document.documentElement.dataset.theme = asked.get('theme') ?? 'light';
if (asked.has('side')) document.documentElement.style.setProperty('--side', 'var(--w-side)');
const altered = sample
  .replace('is a signature, and we have pens', 'is a signature, and we own pens')
  .replace('The permits are short, so', 'The permits are short, may well lapse, and so')
  .replace('Nobody flies nine hours to look at a locked gate” [@unnamed-nobody]', 'Nobody flies nine hours to look at a locked gate”');
const text = { altered, empty: '', plain: sample }[asked.get('text') ?? 'plain'] ?? sample;
const door = asked.get('door');
const host = door ? httpHost(door) : fixtureHost(text, {
  ...(asked.has('full') && { save_briefing: () => Promise.reject(new Failure('io', 'The library could not be written: the disk is full.')) }),
  ...(asked.has('conflict') && { save_briefing: () => Promise.reject(new Failure('conflict', 'Somebody saved it in the meantime.')) }),
  ...(asked.has('none') && { list_briefings: () => [], list_evidence: () => [] }),
});
mount(Stage, { target: document.getElementById('app')!, props: { host, id: asked.has('list') ? null : Number(asked.get('id') ?? 1) } });

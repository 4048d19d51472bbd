import { expect, test } from 'vitest';
import { passes, PORTS, proof, sha256 } from './bilat';
import { manifest, PORTS as BUILT } from '../manifest.mjs';

test('a proof is what the server makes of the same key, port and nonce', async () => {
  // printf 'bilat 28410 nonce' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07
  expect(await proof('07'.repeat(32), 28410, 'nonce')).toBe('aeec5000c728399187c5b9a16d8e90a7715abead5e0a972c778b8269517b1d8a');
  expect(await proof('07'.repeat(32), 28411, 'nonce')).not.toBe(await proof('07'.repeat(32), 28410, 'nonce'));
});

test('a hash is that of the bytes in UTF-8', async () => {
  expect(await sha256('Ständig')).toBe('d92c91799dc88fda934d4f469c0de08240a11968bbda958ec6acd681227f3374');
  expect(await sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('only what time or a person can mend is tried again', () => {
  expect(passes('not_running') && passes('storage_full') && passes('unpaired') && passes('busy')).toBe(true);
  expect(passes('refused') || passes('too_large') || passes('other_bytes')).toBe(false);
});

test('the policy allows the ports that are tried and no others', () => {
  expect(PORTS).toEqual(BUILT);
  for (const browser of ['chromium', 'firefox'] as const) {
    const policy = manifest(browser, '1.0.0').content_security_policy.extension_pages;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`connect-src ${PORTS.map((port) => `http://127.0.0.1:${port}`).join(' ')};`);
    // Firefox would add it to a policy that is left to it, and then nothing on loopback could be reached.
    expect(policy).not.toContain('upgrade-insecure-requests');
  }
});

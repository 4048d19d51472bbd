import { describe, expect, test } from 'vitest';
import { isPrivate } from './address';
import { read } from './link';

const clip = (url: string) => read(`bilat://clip?url=${encodeURIComponent(url)}`);

describe('a link from outside', () => {
  test('asks for a page by its whole address', () => {
    const asked = clip('https://courier.example.org/a?b=c&d=e#f');
    expect(asked).toEqual({ what: 'clip', url: new URL('https://courier.example.org/a?b=c&d=e#f') });
  });

  test('opens an article that is here', () => {
    expect(read('bilat:article/12')).toEqual({ what: 'article', id: 12 });
    expect(read('bilat://article/12')).toEqual({ what: 'article', id: 12 });
  });

  test('that leads anywhere but to a page on the web is refused by name', () => {
    for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,<p>', 'bilat://clip?url=x', 'ftp://example.org/', 'view-source:https://example.org/', '/etc/passwd', '', 'https://', 'https://desk:secret@example.org/']) {
      expect(clip(url), url).toMatchObject({ what: 'refused' });
    }
  });

  test('that leads to this computer or its network is refused, however it is spelt', () => {
    for (const host of ['localhost', 'LOCALHOST.', 'a.localhost', 'printer', 'printer.local', 'nas.lan', 'x.home.arpa', '127.0.0.1', '127.1', '2130706433', '0x7f.1', '0177.0.0.1', '0', '10.1.2.3', '100.64.0.1', '169.254.169.254', '172.31.255.255', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '[::1]', '[::]', '[::ffff:10.0.0.1]', '[fe80::1]', '[fd00::1]', '[64:ff9b::a00:1]', '[2002:a00:1::]', '[2001::1]', '[2001:db8::1]', '①②⑦.0.0.1']) {
      expect(clip(`http://${host}/`), host).toMatchObject({ what: 'refused' });
    }
  });

  test('may lead to any other host', () => {
    for (const host of ['example.org', 'news.example.co.uk', 'localhost.example.org', 'xn--e1afmkfd.example', '9.9.9.9', '172.32.0.1', '100.128.0.1', '192.169.0.1', '[2606:4700::1111]', '[2a00:1450::1]']) {
      expect(isPrivate(new URL(`https://${host}/`).hostname), host).toBe(false);
    }
  });

  test('without a page, or with one that is no address, is refused; another word is none of ours', () => {
    expect(read('bilat://clip')).toMatchObject({ what: 'refused' });
    expect(read('bilat://clip?page=https://example.org/')).toMatchObject({ what: 'refused' });
    expect(read(`bilat://clip?url=https://example.org/${'a'.repeat(5000)}`)).toMatchObject({ what: 'refused' });
    expect(read('bilat://delete?id=1')).toBeNull();
    expect(read('https://example.org/')).toBeNull();
  });
});

/** How Markdown looks while it is written: one size of mono, marks in the third ink, quotations tinted by side. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const clone = { boxDecorationBreak: 'clone', '-webkit-box-decoration-break': 'clone' };

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--paper)', fontSize: 'var(--md-size, 14.5px)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)', lineHeight: 'var(--md-line, 25px)', fontFeatureSettings: '"calt" 0',
    justifyContent: 'center', padding: '0 1.25rem', overflow: 'auto',
    scrollbarWidth: 'thin', scrollbarColor: 'var(--line-2) transparent',
  },
  '.cm-content': {
    flex: '0 1 var(--md-measure, 37rem)', minWidth: '0', padding: '14px 0 6rem 2.25rem',
    caretColor: 'var(--ink)', overflowWrap: 'break-word', wordBreak: 'normal', lineBreak: 'strict',
  },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-line': { padding: '0', position: 'relative' },
  '.cm-blank': { lineHeight: 'calc(var(--md-line, 25px) / 2)' },
  '.cm-hang': { paddingInlineStart: 'calc(var(--indent) * 1ch)', textIndent: 'calc(var(--hang) * -1ch)' },
  '.cm-item': { paddingTop: '6px' },
  '.cm-heading': { fontWeight: '640' },
  '.cm-h1': { fontSize: '1.31em', lineHeight: '1.474', fontWeight: '660', letterSpacing: '-.01em', textWrap: 'balance', paddingTop: '8px' },
  '.cm-h2': { fontSize: '1.1035em', paddingTop: '14px' },
  '.cm-h3': { paddingTop: '6px' },
  '.cm-content ::selection, .cm-line::selection, .cm-line ::selection': { backgroundColor: 'var(--select)', color: 'inherit' },

  '.cm-key, .cm-key *': { color: 'var(--ink-3)', whiteSpace: 'nowrap' },
  '.cm-key': { fontSize: '.86em' },
  '.cm-q': { borderRadius: '2px', padding: '1px 0', textDecorationLine: 'underline', textDecorationThickness: '1px', textUnderlineOffset: '.32em', textDecorationSkipInk: 'none', ...clone },
  '.cm-q-a': { backgroundColor: 'var(--side-a-fill)', textDecorationColor: 'var(--side-a-mid)' },
  '.cm-q-b': { backgroundColor: 'var(--side-b-fill)', textDecorationColor: 'var(--side-b-mid)', textDecorationStyle: 'double' },
  '.cm-q-c': { backgroundColor: 'var(--side-c-fill)', textDecorationColor: 'var(--side-c)', textDecorationStyle: 'dotted' },
  '.cm-q-none': { backgroundColor: 'var(--joint-fill)', textDecorationColor: 'var(--ink-4)' },
  '.cm-q-plain': { textDecorationLine: 'none' },
  '.cm-q-bad': { backgroundColor: 'var(--bad-fill)', textDecorationLine: 'underline', textDecorationColor: 'var(--bad)', textDecorationStyle: 'solid', textDecorationThickness: '2px', cursor: 'pointer' },
  '.cm-q-look': { textDecorationColor: 'var(--warn)', textDecorationStyle: 'dashed', cursor: 'pointer' },
  '.cm-wording': { textDecoration: 'underline dotted 2px var(--warn)', textUnderlineOffset: '.26em', textDecorationSkipInk: 'none', cursor: 'pointer' },
  '.cm-word': {
    display: 'inline-block', margin: '0 0 0 6px', padding: '0 6px', borderRadius: '3px', verticalAlign: '1px', textIndent: '0',
    font: 'var(--w-semi) var(--t-micro)/17px var(--font-sans)', color: 'var(--bad)', boxShadow: 'inset 0 0 0 1px var(--bad)', backgroundColor: 'var(--raised)', cursor: 'pointer',
  },
  '.cm-word-look': { color: 'var(--warn)', boxShadow: 'inset 0 0 0 1px var(--warn)' },

  '.cm-gutters': { backgroundColor: 'transparent', border: '0', color: 'var(--bad)', width: '18px', flex: 'none' },
  '.cm-signs': { width: '18px' },
  '.cm-sign': { display: 'grid', placeItems: 'center', height: 'var(--md-line, 25px)' },
  '.cm-icon': { width: '12px', height: '12px', fill: 'none', stroke: 'currentColor', strokeWidth: '1.7', strokeLinecap: 'round', strokeLinejoin: 'round', flex: 'none' },
  '.cm-sign .cm-icon': { width: '14px', height: '14px', strokeWidth: '1.5' },

  '.cm-facts': {
    display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 16px', minHeight: '24px', margin: '0 0 4px',
    font: 'var(--w-regular) var(--t-small)/var(--l-small) var(--font-sans)', color: 'var(--ink-2)', cursor: 'default', userSelect: 'none',
  },
  '.cm-facts span': { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  '.cm-facts button': { display: 'inline-flex', alignItems: 'center', gap: '6px', height: '24px', padding: '0 6px', borderRadius: 'var(--r-2)', fontWeight: 'var(--w-medium)', color: 'var(--ink-3)' },
  '.cm-facts button:hover': { backgroundColor: 'var(--hover)', color: 'var(--ink)' },

  '.cm-title': { padding: '8px 0 12px !important', cursor: 'text', fontFamily: 'var(--font-mono)' },

  '.cm-drop': { position: 'relative', height: '0' },
  '.cm-drop::before': { content: '""', position: 'absolute', left: '-4px', right: '0', top: '5px', height: '2px', borderRadius: '2px', backgroundColor: 'var(--focus)' },
  '.cm-drop::after': { content: '""', position: 'absolute', left: '-10px', top: '2px', width: '8px', height: '8px', borderRadius: '50%', border: '2px solid var(--focus)', backgroundColor: 'var(--paper)', boxSizing: 'border-box' },

  '.cm-tooltip': { border: '0', backgroundColor: 'var(--raised)', color: 'var(--ink)', borderRadius: 'var(--r-3)', boxShadow: 'var(--shadow-pop)', zIndex: '20' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: 'var(--w-regular) var(--t-ui)/var(--l-ui) var(--font-sans)', maxHeight: '18rem', minWidth: '20rem', maxWidth: '30rem', padding: '4px', scrollbarWidth: 'thin' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '5px 9px 6px', borderRadius: 'var(--r-2)', display: 'grid', gridTemplateColumns: 'auto minmax(0,1fr)', columnGap: '8px', alignItems: 'baseline' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--press)', color: 'var(--ink)' },
  '.cm-completionLabel': { font: 'var(--w-medium) .75rem/var(--l-small) var(--font-mono)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 'var(--w-semi)' },
  '.cm-completionDetail': { margin: '0', fontStyle: 'normal', color: 'var(--ink-2)', fontSize: 'var(--t-small)', overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-said': { gridColumn: '1 / -1', font: '400 .8125rem/1.2rem var(--font-serif)', overflow: 'hidden', textOverflow: 'ellipsis', color: 'var(--ink-2)' },
});

const words = HighlightStyle.define([
  { tag: [tags.processingInstruction, tags.contentSeparator], color: 'var(--ink-3)', fontWeight: '400' },
  { tag: tags.strong, fontWeight: '640' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.url, color: 'var(--focus)' },
  { tag: [tags.comment, tags.meta, tags.labelName], color: 'var(--ink-3)' },
  { tag: tags.monospace, color: 'var(--ink-2)' },
]);

export const look = [theme, syntaxHighlighting(words)];

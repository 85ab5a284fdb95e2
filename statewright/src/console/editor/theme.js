/** How the editor looks: in the page's own colors, light and dark, and without images, which the pages' security policy refuses. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Compartment } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const mark = (color) => ({
  backgroundImage: 'none',
  textDecoration: `underline wavy ${color}`,
  textDecorationSkipInk: 'none',
  textUnderlineOffset: '3px',
});

const gutterMark = (color) => ({
  content: 'normal',
  width: '8px',
  height: '8px',
  margin: '5px auto 0',
  borderRadius: '50%',
  background: color,
});

const styles = EditorView.theme({
  '&': {
    height: 'clamp(320px, 68vh, 900px)',
    border: '1px solid var(--strong-border)',
    borderRadius: '6px',
    background: 'var(--panel)',
    color: 'var(--text)',
    fontSize: '13px',
    overflow: 'hidden',
  },
  '&.cm-focused': { outline: '2px solid var(--link)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': {
    background: 'var(--code)',
    color: 'var(--muted)',
    borderRight: '1px solid var(--border)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'var(--active-line)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--text-selection)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    background: 'none',
    outline: '1px solid var(--strong-border)',
  },
  '.cm-selectionMatch': { background: 'var(--selected)' },
  '.cm-searchMatch': { background: 'var(--found)', outline: 'none' },
  '.cm-searchMatch-selected': { background: 'var(--found)', outline: '2px solid var(--link)' },
  '.cm-foldGutter span': { cursor: 'pointer' },
  '.cm-foldPlaceholder': {
    padding: '0 6px',
    border: '1px solid var(--border)',
    background: 'var(--code)',
    color: 'var(--muted)',
  },
  '.cm-panels': { background: 'var(--code)', color: 'var(--text)', fontFamily: 'inherit' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--border)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--border)' },
  '.cm-panel.cm-search label, .cm-textfield, .cm-button': { fontSize: '12px' },
  '.cm-textfield': {
    border: '1px solid var(--strong-border)',
    borderRadius: '4px',
    background: 'var(--panel)',
    color: 'var(--text)',
  },
  '.cm-button': {
    border: '1px solid var(--border)',
    borderRadius: '4px',
    background: 'var(--panel)',
    backgroundImage: 'none',
    color: 'var(--text)',
  },
  '.cm-tooltip': {
    maxWidth: 'min(60ch, 80vw)',
    border: '1px solid var(--strong-border)',
    borderRadius: '6px',
    background: 'var(--panel)',
    color: 'var(--text)',
  },
  '.cm-diagnostic': { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warning)' },
  '.cm-diagnosticSource': { color: 'var(--muted)', opacity: '1' },
  '.cm-lintRange-error': mark('var(--bad)'),
  '.cm-lintRange-warning': mark('var(--warning)'),
  '.cm-lintRange-active': { background: 'var(--found)' },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--bad)' },
  '.cm-lintPoint-warning::after': { borderBottomColor: 'var(--warning)' },
  '.cm-lint-marker-error': gutterMark('var(--bad)'),
  '.cm-lint-marker-warning': gutterMark('var(--warning)'),
});

const colors = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--link)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--warning)' },
  { tag: tags.comment, color: 'var(--muted)' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

const dark = matchMedia('(prefers-color-scheme: dark)');
const darkTheme = new Compartment();

export const theme = [
  styles,
  syntaxHighlighting(colors),
  darkTheme.of(EditorView.darkTheme.of(dark.matches)),
];

/** What the theme does not set is light or dark as the page is. */
export function followColorScheme(view) {
  dark.addEventListener('change', ({ matches }) => {
    view.dispatch({ effects: darkTheme.reconfigure(EditorView.darkTheme.of(matches)) });
  });
}

/** Makes an editor of the text area of a definition. */
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { forceLinting } from '@codemirror/lint';
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { beginsAsJson } from '../../definitions/begins-as-json';
import { layOutJson } from '../json-text';
import { checking, positionOf } from './check.js';
import { saving } from './save.js';
import { followColorScheme, theme } from './theme.js';

const area = document.querySelector('[data-editor]');
const textarea = area.querySelector('textarea');
const { form } = textarea;

const languageOf = (text) => (beginsAsJson(text) ? json : yaml);

const language = new Compartment();
let shownLanguage = languageOf(textarea.value);

const changed = EditorView.updateListener.of(({ view, docChanged, state }) => {
  if (!docChanged) return;
  textarea.value = state.doc.toString();
  changes.onChange();
  const wanted = languageOf(textarea.value);
  if (wanted === shownLanguage) return;
  shownLanguage = wanted;
  view.dispatch({ effects: language.reconfigure(wanted()) });
});

// In a shadow root the editor's styles are style sheets of a script, which the pages' security policy allows.
const host = document.createElement('div');
const root = host.attachShadow({ mode: 'open' });
textarea.after(host);
textarea.hidden = true;

const view = new EditorView({
  parent: root,
  root,
  state: EditorState.create({
    doc: textarea.value,
    extensions: [
      theme,
      lineNumbers(),
      checking(area, form),
      foldGutter(),
      codeFolding(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      search({ top: true }),
      language.of(shownLanguage()),
      keymap.of([
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...foldKeymap,
        indentWithTab,
      ]),
      EditorView.contentAttributes.of({
        'aria-label': 'Definition',
        'aria-description': 'Escape, then Tab leaves the editor.',
      }),
      changed,
    ],
  }),
});

const changes = saving(
  form,
  () => view.state.doc,
  () => forceLinting(view),
);

followColorScheme(view);
area.querySelector('label').addEventListener('click', () => view.focus());

const actions = {
  find: () => openSearchPanel(view),
  format() {
    const insert = layOutJson(view.state.doc.toString());
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } });
    view.focus();
  },
};

area.addEventListener('click', (event) => {
  const action = event.target.closest('[data-edit]')?.dataset.edit;
  if (action) actions[action]();
  const item = event.target.closest('[data-line]');
  if (!item) return;
  event.preventDefault();
  view.dispatch({
    selection: { anchor: positionOf(view.state, item.dataset) },
    effects: EditorView.scrollIntoView(positionOf(view.state, item.dataset), { y: 'center' }),
  });
  view.focus();
});

// The type decides what is valid.
form.elements.namedItem('type').addEventListener('change', () => forceLinting(view));

/** Saves without leaving the page, and asks before changes that are not saved are lost. */
import { post, problemIn } from './post.js';

/** @param textOf returns the text in the editor, as a value that `eq` compares */
export function saving(form, textOf, onRefused) {
  const outcome = form.querySelector('#outcome');
  const unsaved = form.querySelector('.unsaved');
  let saved = textOf();
  let isBusy = false;

  async function save(submitter) {
    const sent = textOf();
    const { response, page } = await post(form.action, new FormData(form, submitter));
    const isSaved = response.redirected;
    if (isSaved) saved = sent;
    if (isSaved && new URL(response.url).pathname !== new URL(form.action).pathname) {
      location.assign(response.url);
      return;
    }
    const shown = page.getElementById('outcome');
    if (!shown) throw problemIn(page);
    outcome.replaceChildren(...shown.childNodes);
    const revision = form.elements.namedItem('revision');
    if (revision) revision.value = page.querySelector('[name="revision"]').value;
    if (isSaved) show();
    else onRefused();
  }

  /** Says whether there is something to save. */
  function show() {
    if (unsaved) unsaved.textContent = isChanged() ? 'Unsaved changes' : '';
  }

  const isChanged = () => !saved.eq(textOf());

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    try {
      await save(event.submitter);
    } catch (error) {
      const problem = document.createElement('p');
      problem.className = 'problem';
      problem.textContent = `Nothing was saved. ${error.message}`;
      outcome.replaceChildren(problem);
    }
    isBusy = false;
  });
  addEventListener('beforeunload', (event) => isChanged() && event.preventDefault());
  addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    form.requestSubmit();
  });
  outcome.addEventListener('click', ({ target }) => {
    if (target.closest('[data-discard]')) saved = textOf();
  });
  return {
    onChange() {
      outcome.querySelector('.done')?.remove();
      show();
    },
  };
}

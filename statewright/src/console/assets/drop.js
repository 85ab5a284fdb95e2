// A file that is dropped anywhere on the page is opened by the form `data-drop`.

const form = () => document.querySelector('form[data-drop]');
const hasFile = ({ dataTransfer }) => dataTransfer?.types.includes('Files');

addEventListener('dragover', (event) => {
  if (form() && hasFile(event)) event.preventDefault();
});

addEventListener('drop', (event) => {
  const target = form();
  if (!target || !hasFile(event) || event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  target.elements.namedItem('history').files = event.dataTransfer.files;
  target.requestSubmit();
});

/** Posts a form. @returns the response, and the page in it */
export async function post(address, body, signal) {
  let response;
  try {
    response = await fetch(address, { method: 'POST', body: new URLSearchParams(body), signal });
  } catch (error) {
    throw signal?.aborted ? error : new Error('The local AWS does not answer.');
  }
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return { response, page };
}

/** What a page says that is not the expected one. */
export const problemIn = (page) =>
  new Error(page.querySelector('.problem')?.textContent ?? page.body.textContent);

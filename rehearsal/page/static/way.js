// The reader's way, kept in the browser's history: the address names the open chat, an entry of its own the open sheet.
// ``depth`` counts the steps from the list of chats, NaN where the way began elsewhere.
const listeners = [];
const here = () => ({ depth: location.hash ? NaN : 0, ...history.state });
const tell = () => listeners.forEach((listener) => listener());

// ``listener`` is called after each step, ahead or back.
export const onWay = (listener) => listeners.push(listener);
export const isSheetOpen = () => Boolean(history.state?.sheet);

export function goToChat(id) {
  const { depth, sheet } = here();
  if (location.hash === `#${id}`) return sheet && history.back();
  // What was chosen in the sheet takes its place: «back» leads to where the sheet was opened.
  if (sheet) history.replaceState({ depth }, "", `#${id}`);
  else history.pushState({ depth: depth + 1 }, "", `#${id}`);
  return tell();
}

export function goToList() {
  const { depth } = here();
  if (depth > 0) history.go(-depth);
  else location.hash = "";
}

export function goToSheet() {
  history.pushState({ depth: here().depth + 1, sheet: true }, "");
  tell();
}

export const leaveSheet = () => history.back();

addEventListener("popstate", tell);

// What appears over the page: toasts, alerts, the notice of a message in another chat.
import { openBox } from "./dialogs.js";
import { byId, el } from "./dom.js";

const SHOWN_MS = 4000;
const shown = new Map();

// The same note again takes the place of the former one.
function put(key, note, ms) {
  shown.get(key)?.remove();
  shown.set(key, note);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), ms);
}

export const clearNotes = () => byId("toasts").replaceChildren();

export function toast(text) {
  put(text, el("div", { class: "toast" }, text), SHOWN_MS + text.length * 30);
}

// One at a time: the newest message pushes the older one out.
export function banner(title, text, go) {
  const note = el("button", { class: "toast", type: "button" }, el("b", {}, el("bdi", {}, title)), el("span", { class: "two" }, text));
  note.addEventListener("click", () => (note.remove(), go()));
  put(null, note, SHOWN_MS);
}

// Resolves with true when the reader agrees; without ``choice``, the caption of the agreeing button, there is only «Close».
export function alertBox(text, choice = null) {
  return openBox({ content: [el("p", {}, text)], yes: choice });
}

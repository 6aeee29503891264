// What appears over the page: toasts, alerts, the notice of a message in another chat.
import { openBox } from "./dialogs.js";
import { byId, el } from "./dom.js";

const SHOWN_MS = 4000;
const banners = new Map();

export function toast(text) {
  const note = el("div", { class: "toast" }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), SHOWN_MS + text.length * 30);
}

// One at a time: the newest message pushes the older one out.
export function banner(title, text, go) {
  banners.get("one")?.remove();
  const note = el("button", { class: "toast", type: "button" }, el("b", {}, title), el("span", { class: "two" }, text));
  note.addEventListener("click", () => (note.remove(), go()));
  banners.set("one", note);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}

// Resolves with true when the reader agrees; without ``choice``, the caption of the agreeing button, there is only «Close».
export function alertBox(text, choice = null) {
  return openBox({ content: [el("p", {}, text)], yes: choice });
}

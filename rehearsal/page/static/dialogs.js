// Boxes over the page: a question, a name to be typed, a form.
import { el, icon, word } from "./dom.js";

// ``ready`` is asked when the reader agrees: a sentence keeps the box open and is shown in it. Resolves with true when the
// box is closed by agreeing.
export function openBox({ title, content, yes, danger = false, ready = () => null }) {
  const error = el("p", { class: "error", role: "alert" });
  const agree = yes ? el("button", { class: danger ? "danger" : "main", type: "submit" }, yes) : null;
  const refuse = el("button", { type: "button" }, word(yes ? "cancel" : "close"));
  const form = el("form", { method: "dialog" }, title ? el("h2", {}, title) : null, ...content, error, el("div", { class: "buttons" }, refuse, agree));
  const box = el("dialog", { class: "box", "aria-label": title ?? content[0].textContent }, form);
  let agreed = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!agree || agree.disabled) return;
    agree.disabled = true;
    error.textContent = "";
    const reason = await ready();
    agree.disabled = false;
    error.textContent = reason ?? "";
    agreed = !reason;
    if (agreed) box.close();
  });
  refuse.addEventListener("click", () => box.close());
  box.addEventListener("pointerdown", ({ target }) => target === box && box.close());
  document.body.append(box);
  box.showModal();
  (form.querySelector("[autofocus]") ?? agree ?? refuse).focus();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      box.remove();
      resolve(agreed);
    });
  });
}

export const confirmed = (question, yes) => openBox({ content: [el("p", {}, question)], yes, danger: true });

// ``save`` gets what was typed and answers like ``ready``.
export function askName(label, value, most, save) {
  const input = field(label, value, { maxlength: most, required: "", autofocus: "" });
  const opened = openBox({ title: label, content: [input], yes: word("save"), ready: () => save(input.value.trim()) });
  input.select();
  return opened;
}

export function field(label, value, attributes) {
  const input = el("input", { class: "field", type: "text", "aria-label": label, placeholder: label, autocomplete: "off", ...attributes });
  input.value = value;
  return input;
}

export const labelled = (input) => el("label", { class: "labelled" }, el("span", {}, input.getAttribute("aria-label")), input);

// A list of things to do at a button; the arrows walk it, Escape and a press elsewhere close it.
export function openMenu(anchor, items) {
  const close = (back) => {
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    removeEventListener("pointerdown", outside, true);
    if (back) anchor.focus();
  };
  const entry = ({ label, sign, danger, go }) =>
    el(
      "button",
      { class: danger ? "danger" : "", type: "button", role: "menuitem", on: { click: () => (close(true), go()) } },
      icon(sign),
      label,
    );
  const menu = el("div", { class: "menu", role: "menu", "aria-label": anchor.getAttribute("aria-label") }, ...items.map(entry));
  const outside = ({ target }) => menu.contains(target) || close(anchor.contains(target));
  menu.addEventListener("keydown", (event) => walk(event, menu, close));
  document.body.append(menu);
  put(menu, anchor.getBoundingClientRect());
  addEventListener("pointerdown", outside, true);
  anchor.setAttribute("aria-expanded", "true");
  menu.firstElementChild.focus();
}

function walk(event, menu, close) {
  const entries = [...menu.children];
  const at = entries.indexOf(document.activeElement);
  const places = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key in places) entries.at(places[event.key] % entries.length).focus();
  else if (event.key === "Escape" || event.key === "Tab") close(true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// Below the button or above it, whichever has the room, and never beyond the edge.
function put(menu, { left, right, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const above = bottom + height + 8 > innerHeight;
  menu.style.top = `${above ? top - height - 6 : bottom + 6}px`;
  menu.style.left = `${Math.max(8, Math.min(left + width > innerWidth - 8 ? right - width : left, innerWidth - width - 8))}px`;
}

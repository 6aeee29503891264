// The switches of the drawer.
import { byId, el, word } from "./dom.js";
import { post } from "./net.js";
import { toast } from "./notes.js";

const TIMES = { once: 1, three: 3, ten: 10, endless: null };
const LATE = { "late-third": 300, "late-one": 1000, "late-three": 3000 };

export const sendTrouble = (asked) => post("trouble", asked).catch(() => toast(word("not-sent")));

const options = (values, chosen) =>
  Object.keys(values).map((name) => el("option", { value: name, selected: name === chosen ? "" : null }, word(`trouble-${name}`)));

function row(kind, toggle, ...controls) {
  const name = word(`trouble-${kind}`);
  const button = el("button", { class: "switch", type: "button", role: "switch", id: `fault-${kind}`, "aria-checked": "false", "aria-label": name });
  button.addEventListener("click", () => toggle(button.getAttribute("aria-checked") !== "true"));
  return el(
    "div",
    { class: "fault" },
    el("span", { class: "what" }, name, el("small", {}, word(`trouble-${kind}-note`))),
    button,
    el("div", { class: "many", hidden: "", id: `many-${kind}` }, ...controls),
  );
}

const isOn = (kind) => byId(`fault-${kind}`).getAttribute("aria-checked") === "true";

function show(kind, on) {
  byId(`fault-${kind}`).setAttribute("aria-checked", on);
  byId(`many-${kind}`).hidden = !on;
}

// A kind of trouble for the next sends, or until it is switched off.
export function faultRow(kind) {
  const times = el("select", { "aria-label": word("trouble-times", { name: word(`trouble-${kind}`) }) }, ...options(TIMES, "endless"));
  const left = el("span", { class: "left", id: `left-${kind}`, role: "status" });
  const ask = (on) => {
    show(kind, on);
    sendTrouble({ kind, times: on ? TIMES[times.value] : 0 });
  };
  times.addEventListener("change", () => isOn(kind) && ask(true));
  return row(kind, ask, times, left);
}

export function setFault(kind, on, left) {
  show(kind, on);
  byId(`left-${kind}`).textContent = left === null ? "" : word("trouble-left", { count: left });
}

export function slowRow() {
  const late = el("select", { id: "late", "aria-label": word("trouble-late") }, ...options(LATE, "late-one"));
  const ask = (on) => {
    show("slow", on);
    sendTrouble({ kind: "slow", ms: on ? LATE[late.value] : 0 });
  };
  late.addEventListener("change", () => isOn("slow") && ask(true));
  return row("slow", ask, late);
}

export function setSlow(ms) {
  show("slow", ms > 0);
  const name = Object.keys(LATE).find((one) => LATE[one] === ms);
  if (name && document.activeElement !== byId("late")) byId("late").value = name;
}

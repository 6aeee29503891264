// The drawer of troubles: what goes wrong at present, and what people got all the same.
import { blockRow, setBlocked } from "./blocking.js";
import { byId, el, icon, word } from "./dom.js";
import { faultRow, sendTrouble, setFault, setSlow, slowRow } from "./faults.js";
import { get, onceAtATime } from "./net.js";
import { cutOff, met, tally, unsent } from "./tales.js";

const KINDS = ["flood", "error", "silence", "drop", "drop_after"];
const drawer = () => byId("troubles");

export const refreshTroubles = onceAtATime(async () => {
  if (drawer().hidden) return;
  const told = await get("troubles", {}).catch(() => null);
  if (told) draw(told);
});

// The badge says how many kinds of trouble are on, wherever it is seen.
export function drawBadges(on) {
  for (const name of ["trouble-badge", "sheet-badge"]) {
    byId(name).hidden = !on;
    byId(name).textContent = on;
  }
  byId("trouble").classList.toggle("on", on > 0);
  byId("trouble").setAttribute("aria-label", on ? word("trouble-on", { count: on }) : word("trouble"));
}

function draw(told) {
  for (const kind of KINDS) setFault(kind, kind in told.on, told.on[kind] ?? null);
  setSlow(told.slow);
  setBlocked(told.people);
  byId("trouble-tally").replaceChildren(...tally(told));
  byId("trouble-cut-off").replaceChildren(...cutOff(told.people));
  byId("trouble-unsent").replaceChildren(...unsent(told.unsent));
  byId("trouble-met").replaceChildren(...met(told.met));
}

function build() {
  const back = el(
    "button",
    { class: "round", type: "button", id: "trouble-close", "aria-label": word("trouble-back"), title: word("trouble-back"), on: { click: () => open(false) } },
    icon("back"),
  );
  const clear = el("button", { class: "clear", type: "button", on: { click: () => sendTrouble({ kind: "clear" }) } }, word("trouble-clear"));
  drawer().replaceChildren(
    el("header", { class: "bar" }, back, el("h2", {}, word("trouble")), clear),
    el("p", { class: "lead" }, word("trouble-note")),
    ...KINDS.map(faultRow),
    slowRow(),
    blockRow(),
    el("h3", {}, word("trouble-got")),
    el("dl", { class: "got", id: "trouble-tally", "aria-live": "polite" }),
    el("ul", { class: "cut-off", id: "trouble-cut-off" }),
    el("div", { id: "trouble-unsent" }),
    el("h3", {}, word("trouble-met")),
    el("ul", { id: "trouble-met" }),
  );
}

function open(opened) {
  drawer().hidden = !opened;
  byId("year").hidden = opened;
  byId("trouble").setAttribute("aria-expanded", opened);
  if (opened) refreshTroubles();
  byId(opened ? "trouble-close" : "trouble").focus();
}

export function startTroubles() {
  build();
  byId("trouble").addEventListener("click", () => open(true));
  drawer().addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    open(false);
  });
}

// «С чего начать»: folded as the reader has left it; otherwise it folds by itself when the clock is moved for the first time.
import { onTick } from "./clock.js";
import { byId } from "./dom.js";
import { store } from "./store.js";

const FOLDED = "rehearsal hints folded";
const SMALL_MS = 60_000;
let began = null;

function foldByItself(instant) {
  const { run, clock } = store.state;
  if (began?.run !== run) began = { run, at: instant, seen: performance.now() };
  const moved = instant - began.at - (performance.now() - began.seen);
  if (moved < SMALL_MS && !clock.moving && !clock.speed) return;
  if (localStorage.getItem(FOLDED) === null) byId("hints").open = false;
}

export function startHints() {
  const hints = byId("hints");
  hints.open = localStorage.getItem(FOLDED) !== "1";
  hints.querySelector("summary").addEventListener("click", () => localStorage.setItem(FOLDED, hints.open ? "1" : "0"));
  onTick(foldByItself);
}

// The rehearsal's clock and the buttons that move it.
import { byId, word } from "./dom.js";
import { post } from "./net.js";
import { toast } from "./notes.js";
import { store } from "./store.js";
import { fullDate, hours, useZone, zoneName } from "./time.js";

let heardAt = 0;
const narrow = matchMedia("(max-width: 1139px)");

export function setClock(clock) {
  if (!store.state?.ready) return;
  store.state.clock = clock;
  heardAt = performance.now();
  drawClock();
}

function now() {
  const { now: told, running } = store.state.clock;
  return new Date(Date.parse(told) + (running ? performance.now() - heardAt : 0));
}

export function drawClock() {
  if (!store.state?.ready) return;
  useZone(store.state.zone);
  const instant = now();
  set("time", hours(instant));
  set("date", fullDate(instant, narrow.matches));
  set("zone", zoneName(instant));
  const { moving } = store.state.clock;
  set("moving", moving ? word("moving") : "");
  for (const button of byId("steps").children) button.disabled = moving;
}

function set(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

async function jump(step) {
  setClock({ ...store.state.clock, now: now().toISOString(), moving: true });
  try {
    const { said } = await post("jump", { step });
    if (step === "notice" && !said) toast(word("jump-nothing"));
  } catch (refused) {
    toast(word(refused.status === 409 ? "busy" : "jump-failed"));
    if (refused.status !== 409) setClock({ ...store.state.clock, now: now().toISOString(), moving: false });
  }
}

export function startClock() {
  byId("steps").addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button && !button.disabled) jump(button.dataset.step);
  });
  narrow.addEventListener("change", drawClock);
  setInterval(drawClock, 1000);
}

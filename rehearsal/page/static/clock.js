// The rehearsal's clock and what moves it: steps, play, a day chosen in the year.
import { byId, word } from "./dom.js";
import { post } from "./net.js";
import { toast } from "./notes.js";
import { store } from "./store.js";
import { fullDate, hours, useZone, zoneName } from "./time.js";

let heardAt = 0;
let listeners = [];
const narrow = matchMedia("(max-width: 1139px)");
const phone = matchMedia("(max-width: 699px)");

// ``listener`` gets the instant each time the clock is drawn.
export const onTick = (listener) => listeners.push(listener);

export function setClock(clock) {
  if (!store.state?.ready) return;
  const over = clock.over && !store.state.clock.over && store.state.clock.speed;
  store.state.clock = clock;
  heardAt = performance.now();
  drawClock();
  if (over) toast(word("clock-over"));
}

export function now() {
  const { now: told, running } = store.state.clock;
  return new Date(Date.parse(told) + (running ? performance.now() - heardAt : 0));
}

export function drawClock() {
  if (!store.state?.ready) return;
  useZone(store.state.zone);
  const instant = now();
  set("time", hours(instant));
  set("date", fullDate(instant, phone.matches ? "brief" : narrow.matches ? "short" : "date"));
  set("zone", zoneName(instant));
  drawMoving(store.state.clock);
  for (const listener of listeners) listener(instant);
}

function drawMoving({ moving, speed, over }) {
  const pace = speed ? word("clock-playing", { name: word(`speed-${speed}`) }) : "";
  set("moving", moving ? word("moving") : pace || (over ? word("clock-over") : ""));
  // The focus stays where it is: what is disabled would lose it.
  for (const button of byId("steps").children) button.setAttribute("aria-disabled", moving);
  const name = word(moving ? "clock-halt" : speed ? "clock-pause" : "clock-play");
  set("play-name", name);
  byId("play").setAttribute("aria-label", name);
  byId("play").setAttribute("aria-pressed", Boolean(speed));
  byId("play-sign").setAttribute("href", moving || speed ? "#i-pause" : "#i-play");
  if (speed && document.activeElement !== byId("speed")) byId("speed").value = speed;
}

function set(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

// ``asked`` is a step, or the instant to go to. Resolves when the clock stands there.
export async function jump(asked) {
  setClock({ ...store.state.clock, now: now().toISOString(), moving: true, speed: null });
  try {
    const { said } = await post("jump", asked);
    if (asked.step === "notice" && !said) toast(word("jump-nothing"));
  } catch (refused) {
    toast(refused.reason ?? word("jump-failed"));
    if (!refused.reason) setClock({ ...store.state.clock, now: now().toISOString(), moving: false });
  }
}

const play = (speed) => post("play", { speed }).catch((refused) => toast(refused.reason ?? word("jump-failed")));

export function startClock() {
  byId("steps").addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button && !store.state.clock.moving) jump({ step: button.dataset.step });
  });
  byId("play").addEventListener("click", () => {
    const { moving, speed } = store.state.clock;
    play(moving || speed ? null : byId("speed").value);
  });
  byId("speed").addEventListener("change", ({ target }) => store.state.clock.speed && play(target.value));
  for (const width of [narrow, phone]) width.addEventListener("change", drawClock);
  setInterval(drawClock, 1000);
}

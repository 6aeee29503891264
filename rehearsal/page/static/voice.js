// A voice message: play, a picture of the sound, seeking.
import { el, icon, word } from "./dom.js";

const BARS = 34;
let playing = null;

export function player(address, seconds) {
  const sound = new Audio();
  sound.preload = "none";
  sound.src = address;
  const bars = heights(address).map((height) => bar(height));
  const time = el("span", { class: "length" });
  const button = el("button", { class: "play", type: "button", on: { click: () => toggle(sound) } }, icon("play"));
  const seek = el("input", { type: "range", min: 0, max: 1000, value: 0, "aria-label": word("seek") });
  const length = () => (Number.isFinite(sound.duration) ? sound.duration : seconds);
  const draw = () => {
    const share = sound.ended ? 0 : sound.currentTime / length();
    bars.forEach((one, place) => one.classList.toggle("played", place < share * BARS));
    if (document.activeElement !== seek || !sound.paused) seek.value = Math.round(share * 1000);
    time.textContent = written(share > 0 ? sound.currentTime : seconds);
    const active = !sound.paused && !sound.ended;
    button.setAttribute("aria-label", word(active ? "pause" : "play"));
    button.replaceChildren(icon(active ? "pause" : "play"));
  };
  for (const event of ["timeupdate", "play", "pause", "ended", "seeked"]) sound.addEventListener(event, draw);
  seek.addEventListener("input", () => {
    sound.currentTime = (seek.value / 1000) * length();
    draw();
  });
  draw();
  return el("div", { class: "voice" }, button, el("div", { class: "wave" }, ...bars, seek), time);
}

// One voice at a time.
function toggle(sound) {
  if (!sound.paused) return sound.pause();
  if (playing !== sound) playing?.pause();
  playing = sound;
  return sound.play().catch(() => {});
}

// The same picture for the same recording: nobody looks into the sound itself.
function heights(seed) {
  let state = [...seed].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) >>> 0, 7);
  return Array.from({ length: BARS }, (_, place) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    const swell = 0.45 + 0.55 * Math.abs(Math.sin(place / 4.2 + (seed.length % 7)));
    return 4 + Math.round(18 * swell * (0.35 + (0.65 * state) / 2 ** 32));
  });
}

function bar(height) {
  const made = el("i", { "aria-hidden": "true" });
  made.style.height = `${height}px`;
  return made;
}

const written = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

// A place to be sent: two numbers, Ivanovo until something else is typed.
import { act } from "./actions.js";
import { field, labelled, openBox } from "./dialogs.js";
import { el, icon, word } from "./dom.js";

const IVANOVO = ["56,9985", "40,9737"];

export function askPlace() {
  const [north, east] = IVANOVO;
  const latitude = field(word("latitude"), north, { inputmode: "decimal", autofocus: "" });
  const longitude = field(word("longitude"), east, { inputmode: "decimal" });
  const map = el("div", { class: "map", "aria-hidden": "true" }, icon("pin"));
  const pair = el("div", { class: "pair" }, labelled(latitude), labelled(longitude));
  const ready = async () => {
    const place = { latitude: number(latitude.value, 90), longitude: number(longitude.value, 180) };
    if (place.latitude === null) return word("wrong-latitude");
    if (place.longitude === null) return word("wrong-longitude");
    await act("place", place);
    return null;
  };
  return openBox({ title: word("place-title"), content: [map, pair, el("p", { class: "hint" }, word("place-example"))], yes: word("send"), ready });
}

// As people write it: with a comma or a point.
function number(typed, most) {
  const found = /^[-−+]?\d+(?:[.,]\d+)?$/.test(typed.trim()) ? Number(typed.trim().replace(",", ".").replace("−", "-")) : NaN;
  return Math.abs(found) <= most ? found : null;
}

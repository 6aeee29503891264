// The panel where there is no room for it: behind a button, over the rest. And the hints, folded or not.
import { byId } from "./dom.js";

const wide = matchMedia("(min-width: 1140px)");
const FOLDED = "rehearsal hints folded";
let shown = () => {};

// ``opened`` is called whenever the panel comes to be seen.
export const onPanel = (opened) => (shown = opened);
export const isPanelShown = () => wide.matches || "sheet" in byId("app").dataset;

function setSheet(open) {
  if (open) byId("app").dataset.sheet = "";
  else delete byId("app").dataset.sheet;
  byId("sheet").setAttribute("aria-expanded", open);
  if (open) shown();
}

// What was chosen in the sheet is shown under it.
export const closeSheet = () => setSheet(false);

export function startSheet() {
  byId("sheet").addEventListener("click", () => setSheet(!("sheet" in byId("app").dataset)));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !("sheet" in byId("app").dataset)) return;
    closeSheet();
    byId("sheet").focus();
  });
  wide.addEventListener("change", () => (closeSheet(), isPanelShown() && shown()));
  const hints = byId("hints");
  hints.open = localStorage.getItem(FOLDED) === null;
  hints.addEventListener("toggle", () => (hints.open ? localStorage.removeItem(FOLDED) : localStorage.setItem(FOLDED, "1")));
}

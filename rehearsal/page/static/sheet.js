// The panel where there is no room for it: behind a button, over the rest.
import { byId } from "./dom.js";
import { goToSheet, isSheetOpen, leaveSheet, onWay } from "./way.js";

const wide = matchMedia("(min-width: 1140px)");
let shown = () => {};

const isOpen = () => "sheet" in byId("app").dataset;

// ``opened`` is called whenever the panel comes to be seen.
export const onPanel = (opened) => (shown = opened);
export const isPanelShown = () => wide.matches || isOpen();

function setSheet(open) {
  if (open === isOpen()) return;
  if (open) byId("app").dataset.sheet = "";
  else delete byId("app").dataset.sheet;
  byId("sheet").setAttribute("aria-expanded", open);
  if (open) shown();
}

// What was chosen in the sheet is shown under it, at once; the history follows.
export const closeSheet = () => setSheet(false);

const follow = () => setSheet(isSheetOpen() && !wide.matches);

function toggle() {
  if (!isOpen()) goToSheet();
  else if (isSheetOpen()) leaveSheet();
  else closeSheet();
}

export function startSheet() {
  byId("sheet").addEventListener("click", toggle);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !isOpen()) return;
    toggle();
    byId("sheet").focus();
  });
  wide.addEventListener("change", () => (follow(), wide.matches && shown()));
  onWay(follow);
  follow();
}

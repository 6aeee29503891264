// The year of the roadmap: what the server tells of it, and which item is chosen.
import { drawChart, markToday, sign } from "./chart.js";
import { now, onTick } from "./clock.js";
import { byId, el, word } from "./dom.js";
import { drawItem } from "./item.js";
import { get, onceAtATime } from "./net.js";
import { isPanelShown } from "./sheet.js";
import { store } from "./store.js";

const year = { told: null, chosen: null };
// What is not seen is not asked for.
export const refreshYear = onceAtATime(async () => {
  if (!store.state?.ready || !isPanelShown()) return;
  const told = await get("timeline", {}).catch(() => null);
  if (told && JSON.stringify(told) !== JSON.stringify(year.told)) {
    year.told = told;
    draw();
  } else if (!year.told) {
    byId("gist").textContent = word("year-lost");
  }
});

const chosen = () => year.told?.items.find((item) => item.id === year.chosen) ?? null;
export const itemName = (item, years) => word(years ? "year-item-of" : "year-item", { number: item.number, year: item.year });
const several = () => new Set(year.told.items.map((item) => item.year)).size > 1;

function choose(item) {
  year.chosen = item && item.id === year.chosen ? null : (item?.id ?? null);
  draw();
  showChosen();
}

export const showChosen = () => byId("lines").querySelector('[aria-expanded="true"]')?.scrollIntoView({ block: "center" });

// The focus goes back to the row.
function shut() {
  byId("lines").querySelector('[aria-expanded="true"]')?.focus();
  choose(null);
}

function draw() {
  drawChart(year.told, year.chosen, { choose, hover: gist, name: (item) => itemName(item, several()) });
  markToday(year.told, now());
  const item = chosen();
  drawItem(item, item && itemName(item, several()), shut);
  gist(item);
}

// One line about the row under the pointer or with the focus, otherwise about the chosen one.
function gist(item = chosen()) {
  const shown = item ?? chosen();
  const text = shown
    ? [
        el("span", {}, el("b", {}, itemName(shown, several())), ` ${shown.title}`),
        el("span", { class: "state" }, el("b", {}, shown.stands), ` · ${shown.when}`),
      ]
    : [
        el("span", {}, word("year-hint")),
        el("span", {}, legend(true, "year-dot-said"), " ", legend(false, "year-dot-coming"), ` · ${word("year-digest")}`),
      ];
  byId("gist").replaceChildren(...text);
}

const legend = (said, name) => el("span", { class: "legend" }, sign(said), word(name));

export function startYear() {
  byId("item").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    shut();
  });
  onTick((instant) => year.told && markToday(year.told, instant));
}

// Instants in the project's zone, in words.
let zone = "UTC";
let formats = {};

export function useZone(name) {
  if (name === zone && formats.clock) return;
  zone = name;
  const made = (options) => new Intl.DateTimeFormat("ru-RU", { timeZone: zone, ...options });
  formats = {
    clock: made({ hour: "2-digit", minute: "2-digit" }),
    day: made({ day: "numeric", month: "long", weekday: "short" }),
    date: made({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    short: made({ weekday: "short", day: "numeric", month: "long", year: "numeric" }),
    brief: made({ weekday: "short", day: "numeric", month: "short", year: "numeric" }),
    compact: made({ day: "2-digit", month: "2-digit", year: "2-digit" }),
    key: new Intl.DateTimeFormat("sv-SE", { timeZone: zone }),
    zone: made({ timeZoneName: "long" }),
    year: made({ day: "numeric", month: "long", weekday: "short", year: "numeric" }),
  };
}

const written = (name, instant) => formats[name].format(instant);
const parts = (name, instant) => Object.fromEntries(formats[name].formatToParts(instant).map((p) => [p.type, p.value]));

export const hours = (instant) => written("clock", instant);
export const dayKey = (instant) => written("key", instant);
export const compactDay = (instant) => written("compact", instant);

export function dayLabel(instant) {
  const { day, month, weekday } = parts("day", instant);
  return `${day} ${month}, ${weekday}`;
}

// «9 марта, ср»; the year is named where it is another than that of ``now``.
export function nearDay(instant, now) {
  if (dayKey(instant).slice(0, 4) === dayKey(now).slice(0, 4)) return dayLabel(instant);
  const { day, month, weekday, year } = parts("year", instant);
  return `${day} ${month} ${year}, ${weekday}`;
}

const letters = new Intl.DateTimeFormat("ru-RU", { timeZone: "UTC", month: "narrow" });
export const monthLetter = (instant) => letters.format(instant);

// ``how`` is «date», «short» or «brief».
export function fullDate(instant, how) {
  const { day, month, weekday, year } = parts(how, instant);
  return `${weekday}, ${day} ${month} ${year}`;
}

export const zoneName = (instant) => parts("zone", instant).timeZoneName;

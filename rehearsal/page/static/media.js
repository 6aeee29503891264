// What a message carries besides words: photos and albums, documents, voices, places.
import { leave } from "./actions.js";
import { el, icon, sized, word } from "./dom.js";
import { openPhoto } from "./viewer.js";
import { player } from "./voice.js";

const WIDEST = 340;
const TALLEST = 400;
const NARROWEST = 180;
const LOWEST = 110;
// How many pictures stand in each row of an album.
const ROWS = [[], [1], [2], [1, 2], [2, 2], [2, 3], [3, 3], [1, 3, 3], [2, 3, 3], [3, 3, 3], [1, 3, 3, 3]];

export const addressOf = (media) => `/page/file/${encodeURIComponent(media.file)}`;

export function attachments(messages) {
  const [{ media }] = messages;
  if (messages.length > 1 && messages.every((one) => one.media.kind === "photo")) return album(messages);
  if (messages.length > 1) return el("div", { class: "files" }, ...messages.map((one) => one.media).map(made));
  return made(media, messages[0]);
}

function made(media, message) {
  const makers = { photo, document: file, voice, location: place };
  return makers[media.kind]?.(media, message) ?? el("span", { class: "other" }, media.label);
}

function picture(message, width, height, label = word("open-photo")) {
  const { media } = message;
  const image = el("img", { src: addressOf(media), alt: media.label, width, height, loading: "lazy", decoding: "async", draggable: "false" });
  image.style.aspectRatio = `${width} / ${height}`;
  const open = () => openPhoto(message);
  return el("button", { class: "picture", type: "button", "aria-label": label, on: { click: open } }, image);
}

// As large as it is, within limits that fit a phone; the place is kept before the picture comes.
function photo({ width, height }, message) {
  const scale = Math.min(WIDEST / width, TALLEST / height, 1);
  return picture(message, Math.max(Math.round(width * scale), NARROWEST), Math.max(Math.round(height * scale), LOWEST));
}

function album(messages) {
  const left = [...messages];
  const rows = ROWS[messages.length] ?? Array(Math.ceil(messages.length / 3)).fill(3);
  const part = (message) => {
    const made = picture(message, 200, 200, word("open-photo-of", { number: messages.indexOf(message) + 1, count: messages.length }));
    made.dataset.id = message.id;
    return made;
  };
  const row = (count) => el("div", { class: `n${count}` }, ...left.splice(0, count).map(part));
  return el("div", { class: "album" }, ...rows.map(row));
}

function file(media) {
  const ending = /\.([\p{L}\p{N}]{1,5})$/u.exec(media.name)?.[1] ?? "";
  return el(
    "a",
    { class: "file", href: addressOf(media), download: "", "aria-label": word("download", { name: media.name }), title: media.name },
    el("span", { class: "sheet-icon", "aria-hidden": "true" }, ending ? ending.toUpperCase() : icon("file")),
    el("bdi", { class: "file-name" }, media.name || media.label),
    el("span", { class: "file-size" }, sized(media.size), icon("download")),
  );
}

const voice = (media) => player(addressOf(media), media.seconds);

function place({ latitude, longitude, label }) {
  const said = `${coordinate(latitude)}, ${coordinate(longitude)}`;
  const url = `https://yandex.ru/maps/?pt=${longitude},${latitude}&z=15&l=map`;
  return el(
    "div",
    { class: "place" },
    el("div", { class: "map", role: "img", "aria-label": label }, icon("pin")),
    el("span", { class: "coordinates" }, said),
    el("button", { class: "link", type: "button", on: { click: () => leave(url) } }, word("open-map"), icon("out")),
  );
}

const coordinate = (number) => number.toLocaleString("ru-RU", { minimumFractionDigits: 4, maximumFractionDigits: 6 });

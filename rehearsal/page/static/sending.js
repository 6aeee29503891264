// Files before they go: looked at, with a caption, some taken away or added; then sent.
import { send } from "./actions.js";
import { clearText } from "./composer.js";
import { openBox } from "./dialogs.js";
import { byId, el, icon, sized, word } from "./dom.js";
import { toast } from "./notes.js";

const MOST_FILES = 10;
const LONGEST_CAPTION = 1024;
const MEGABYTE = 1024 * 1024;
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

let attached = [];
let drawAttached = null;

// Where nobody may write, nothing is attached.
export function add(files) {
  const added = [...files];
  if (!added.length || byId("write").hidden) return;
  const room = MOST_FILES - attached.length;
  if (added.length > room) toast(word("too-many-files"));
  attached.push(...added.slice(0, room).map((file) => ({ file, picture: PICTURES.has(file.type), address: URL.createObjectURL(file) })));
  if (drawAttached) drawAttached();
  else look();
}

// The files before they go, with a caption; resolves the box when they are sent or given up.
async function look() {
  const tiles = el("ul", { class: "tiles" });
  const asFiles = el("input", { type: "checkbox" });
  const choice = el("label", { class: "choice" }, asFiles, word("as-files"));
  const more = el("button", { class: "link", type: "button", on: { click: () => byId("files").click() } }, icon("plus"), word("add-more"));
  const caption = el("textarea", { class: "field", rows: 2, placeholder: word("caption"), "aria-label": word("caption"), maxlength: LONGEST_CAPTION });
  const written = byId("text").value.trim();
  if (written.length <= LONGEST_CAPTION) caption.value = written;
  drawAttached = () => {
    tiles.replaceChildren(...attached.map((one) => tile(one, tiles)));
    choice.hidden = !attached.some((one) => one.picture);
    more.hidden = attached.length >= MOST_FILES;
  };
  drawAttached();
  caption.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      caption.form.requestSubmit();
    }
  });
  const ready = () => sendAll(asFiles.checked, caption.value.trim());
  const sent = await openBox({ title: word("attached"), content: [tiles, more, choice, caption], yes: word("send"), ready });
  if (sent && written.length <= LONGEST_CAPTION) clearText();
  for (const one of attached) URL.revokeObjectURL(one.address);
  attached = [];
  drawAttached = null;
}

function tile(one, tiles) {
  const { file, picture, address } = one;
  const take = () => {
    attached = attached.filter((other) => other !== one);
    if (attached.length) drawAttached();
    else tiles.closest("dialog").close();
  };
  const away = el("button", { class: "round", type: "button", "aria-label": word("take-away", { name: file.name }), on: { click: take } }, icon("close"));
  const face = picture ? el("img", { src: address, alt: "" }) : el("span", { class: "sheet-icon", "aria-hidden": "true" }, icon("file"));
  return el("li", { class: picture ? "tile" : "" }, face, el("bdi", { title: file.name }, file.name), el("small", {}, sized(file.size)), away);
}

// Photos together, other files one by one; the caption goes with the first that is sent.
async function sendAll(asFiles, caption) {
  const isPhoto = ({ picture }) => picture && !asFiles;
  const wrong = attached.map((one) => problem(one.file, isPhoto(one))).find(Boolean);
  if (wrong) return wrong;
  const photos = attached.filter(isPhoto);
  const parts = [photos, ...attached.filter((one) => !isPhoto(one)).map((one) => [one])].filter((part) => part.length);
  let words = caption;
  for (const part of parts) {
    const kind = part === photos ? "photo" : "document";
    const reason = await send(kind, part.map((one) => one.file), words);
    if (reason) return reason;
    words = "";
    attached = attached.filter((one) => !part.includes(one));
  }
  return null;
}

function problem({ name, size }, isPhoto) {
  if (!size) return word("refused-empty-file", { name });
  if (isPhoto && size > 10 * MEGABYTE) return word("refused-big-photo", { name });
  return size > 20 * MEGABYTE ? word("refused-big-file", { name }) : null;
}

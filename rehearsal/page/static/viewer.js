// A photo over the whole page, with those before and after it in the conversation.
import { conversation } from "./conversation.js";
import { el, icon, word } from "./dom.js";
import { nameOf } from "./store.js";
import { dayLabel, hours } from "./time.js";

export function openPhoto(message) {
  const photos = conversation.messages.filter((one) => one.media?.kind === "photo");
  let at = Math.max(0, photos.findIndex((one) => one.id === message.id));
  const image = el("img", { alt: "" });
  const about = el("p", { class: "about" });
  const box = el("dialog", { class: "viewer", "aria-label": word("open-photo") });
  const button = (name, label, go) =>
    el("button", { class: `round ${name}`, type: "button", "aria-label": word(label), title: word(label), on: { click: go } }, icon(name));
  const before = button("back", "previous-photo", () => turn(-1));
  const after = button("next", "next-photo", () => turn(1));
  const save = el("a", { class: "round", download: "" }, icon("download"));
  const turn = (step) => {
    const shown = photos[at + step];
    if (!shown) return;
    at += step;
    const said = new Date(shown.at);
    image.src = save.href = `/page/file/${encodeURIComponent(shown.media.file)}`;
    image.alt = shown.preview;
    save.setAttribute("aria-label", word("download", { name: shown.media.label }));
    about.replaceChildren(el("b", {}, el("bdi", {}, nameOf(shown.from))), `${dayLabel(said)}, ${hours(said)}`);
    before.disabled = at === 0;
    after.disabled = at === photos.length - 1;
  };
  turn(0);
  const shut = button("close", "close", () => box.close());
  shut.autofocus = true;
  box.append(el("header", {}, about, save, shut), before, image, after);
  box.addEventListener("click", ({ target }) => (target === box || target === image) && box.close());
  box.addEventListener("keydown", ({ key }) => turn({ ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

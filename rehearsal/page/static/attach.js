// The paper clip: files by choosing, dropping and pasting; a place; a voice message.
import { act } from "./actions.js";
import { openBox, openMenu } from "./dialogs.js";
import { byId, el, word } from "./dom.js";
import { askPlace } from "./place.js";
import { add } from "./sending.js";
import { player } from "./voice.js";

const VOICE = "/page/static/voice.ogg";
const VOICE_S = 4;

async function askVoice() {
  const content = [player(VOICE, VOICE_S), el("p", { class: "hint" }, word("voice-note"))];
  if (await openBox({ title: word("voice-title"), content, yes: word("send") })) await act("voice");
}

function dropping() {
  const chat = document.querySelector("main.chat");
  const withFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  const show = (shown) => (byId("drop").hidden = !shown);
  const over = (event) => {
    if (!withFiles(event)) return;
    event.preventDefault();
    show(chat.contains(event.target) && !byId("write").hidden);
  };
  for (const name of ["dragenter", "dragover"]) addEventListener(name, over);
  addEventListener("dragleave", ({ relatedTarget }) => relatedTarget || show(false));
  addEventListener("drop", (event) => {
    if (!withFiles(event)) return;
    event.preventDefault();
    show(false);
    if (chat.contains(event.target)) add(event.dataTransfer.files);
  });
}

export function startAttach() {
  byId("attach").addEventListener("click", ({ currentTarget }) =>
    openMenu(currentTarget, [
      { label: word("attach-files"), sign: "picture", go: () => byId("files").click() },
      { label: word("attach-place"), sign: "pin", go: askPlace },
      { label: word("attach-voice"), sign: "voice", go: askVoice },
    ]),
  );
  byId("files").addEventListener("change", ({ target }) => {
    add(target.files);
    target.value = "";
  });
  addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    add(event.clipboardData.files);
  });
  dropping();
}

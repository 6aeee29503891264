// Saving the rehearsal to a file, opening a saved one, beginning anew.
import { confirmed, field, labelled, openBox, openMenu } from "./dialogs.js";
import { byId, el, word } from "./dom.js";
import { post } from "./net.js";
import { toast } from "./notes.js";
import { store } from "./store.js";

const SCHOOLS = 8;
const PEOPLE = 27;
const FIRST_DAY = "2021-11-24T08:30";

function save() {
  const link = el("a", { href: "/page/saved", download: "" });
  document.body.append(link);
  link.click();
  link.remove();
}

async function openKept({ target }) {
  const [file] = target.files;
  target.value = "";
  if (!file) return;
  const text = await file.text();
  if (!isKept(text)) toast(word("keep-foreign", { name: file.name }));
  else if (await confirmed(word("keep-sure", { name: file.name }), word("open-link"))) await reopen(text);
}

// The first line says what the file is; the rest is read where it is opened.
function isKept(text) {
  try {
    return JSON.parse(text.split("\n", 1)[0]).rehearsal === 1;
  } catch {
    return false;
  }
}

async function reopen(text) {
  const reason = await begun("reopen", { text });
  if (reason) toast(reason);
}

function anew() {
  const at = field(word("keep-at"), FIRST_DAY, { type: "datetime-local", required: "", autofocus: "" });
  const schools = field(word("keep-schools"), SCHOOLS, { type: "number", min: 1, max: 200, required: "" });
  const people = field(word("keep-people"), PEOPLE, { type: "number", min: 8, max: 2000, required: "" });
  const sizes = el("div", { class: "pair" }, labelled(schools), labelled(people));
  const ready = () => begun("restart", { at: at.value, people: Number(people.value), schools: Number(schools.value) });
  return openBox({
    title: word("keep-anew"),
    content: [labelled(at), sizes, el("p", { class: "hint" }, word("keep-hint"))],
    yes: word("keep-begin"),
    ready,
  });
}

// The other rehearsal opens at the same address; the news bring it here.
async function begun(action, asked) {
  try {
    await post(action, asked);
  } catch (refused) {
    return refused.reason ?? word("not-sent");
  }
  store.state = null;
  byId("app").hidden = true;
  byId("opening").hidden = false;
  history.replaceState(null, "", " ");
  return null;
}

export function startKeep() {
  byId("keep").addEventListener("click", ({ currentTarget }) =>
    openMenu(currentTarget, [
      { label: word("keep-save"), sign: "download", go: save },
      { label: word("keep-open"), sign: "file", go: () => byId("kept").click() },
      { label: word("keep-anew"), sign: "year", go: anew },
    ]),
  );
  byId("kept").addEventListener("change", openKept);
}

// The rehearsal's page: listens to the world and draws it.
import { drawChat, leaveChat, startChat } from "./chat.js";
import { drawClock, setClock, startClock } from "./clock.js";
import { drawComposer, startComposer } from "./composer.js";
import { byId, word } from "./dom.js";
import { drawList } from "./list.js";
import { listen } from "./net.js";
import { banner } from "./notes.js";
import { accept, chatOf, forget, isNews, onChange, put, redraw, store, unread } from "./store.js";
import { useZone } from "./time.js";

const phone = matchMedia("(max-width: 699px)");

function draw() {
  const { state } = store;
  byId("opening").hidden = Boolean(state?.ready);
  byId("app").hidden = !state?.ready;
  if (!state?.ready) return;
  useZone(state.zone);
  choose();
  drawClock();
  if (store.chatId !== null) {
    drawComposer();
    drawChat();
  } else {
    leaveChat();
  }
  drawList();
  drawUnread();
}

// The address names the open chat, so «back» on a phone and a reload work. Without it a desk shows the coordinator.
function choose() {
  const named = chatOf(Number(location.hash.slice(1)));
  const first = store.state.chats.find((chat) => chat.kind === "private");
  store.chatId = named?.id ?? (phone.matches ? null : first.id);
  byId("app").dataset.view = named ? "chat" : "list";
}

function drawUnread() {
  const total = store.state.chats.reduce((sum, chat) => sum + unread(chat), 0);
  document.title = total ? `(${total}) ${word("title")}` : word("title");
  byId("elsewhere").hidden = !total;
  byId("elsewhere").textContent = total;
}

function came(message) {
  const chat = put(message);
  if (chat && isNews(message) && phone.matches && store.chatId !== null && chat.id !== store.chatId) {
    banner(chat.title, message.preview, () => (location.hash = `#${chat.id}`));
  }
}

onChange(draw);
startClock();
startChat();
startComposer();
addEventListener("hashchange", redraw);
phone.addEventListener("change", redraw);
byId("back").addEventListener("click", () => (location.hash = ""));
listen(
  {
    state: (state) => {
      accept(state);
      if (state.ready) setClock(state.clock);
    },
    message: came,
    deleted: forget,
    clock: setClock,
  },
  (lost) => (byId("lost").hidden = !lost),
);

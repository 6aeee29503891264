// The rehearsal's page: listens to the world and draws it.
import { startAttach } from "./attach.js";
import { catchUp, drawChat, leaveChat, startChat } from "./chat.js";
import { drawClock, setClock, startClock } from "./clock.js";
import { drawComposer, startComposer } from "./composer.js";
import { forget, put } from "./conversation.js";
import { byId, word } from "./dom.js";
import { startKeep } from "./keep.js";
import { startHints } from "./hints.js";
import { drawList, startList } from "./list.js";
import { listen } from "./net.js";
import { banner, clearNotes } from "./notes.js";
import { accept, chatOf, isHere, isNews, onChange, redraw, store, summarise } from "./store.js";
import { onPanel, startSheet } from "./sheet.js";
import { useZone } from "./time.js";
import { drawBadges, refreshTroubles, startTroubles } from "./troubles.js";
import { goToChat, goToList, onWay } from "./way.js";
import { refreshYear, showChosen, startYear } from "./year.js";

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
  const heir = store.state.moved[location.hash.slice(1)];
  if (heir) history.replaceState(history.state, "", `#${heir}`);
  const named = chatOf(Number(location.hash.slice(1)));
  const first = store.state.chats.find((chat) => chat.kind === "private");
  store.chatId = named?.id ?? (phone.matches ? null : first.id);
  byId("app").dataset.view = named ? "chat" : "list";
}

function drawUnread() {
  const total = store.state.chats.reduce((sum, chat) => sum + chat.unread, 0);
  document.title = total ? `(${total}) ${word("title")}` : word("title");
  byId("elsewhere").hidden = !total;
  byId("elsewhere").textContent = total > 99 ? "99+" : total;
}

function came({ summary, ...message }) {
  const newest = chatOf(message.chat)?.newest ?? 0;
  const chat = summarise({ chat: message.chat, summary });
  if (!chat) return;
  if (isHere(chat)) put(message);
  const news = isNews(message) && message.order > newest;
  if (news && phone.matches && store.chatId !== null && chat.id !== store.chatId) {
    banner(chat.title, message.preview, () => goToChat(chat.id));
  }
}

function went(gone) {
  summarise(gone);
  forget(gone);
}

onChange(draw);
startClock();
startYear();
startTroubles();
startSheet();
startHints();
onPanel(() => (refreshYear(), refreshTroubles(), showChosen()));
startChat();
startComposer();
startAttach();
startList();
startKeep();
onWay(redraw);
phone.addEventListener("change", redraw);
byId("back").addEventListener("click", goToList);
listen(
  {
    state: (state, back) => {
      const another = !store.state?.ready || store.state.run !== state.run;
      accept(state);
      if (!state.ready) return;
      if (another) clearNotes();
      if (back || another) catchUp();
      setClock(state.clock);
      drawBadges(state.troubles.on);
      refreshYear();
      refreshTroubles();
    },
    message: came,
    deleted: went,
    read: summarise,
    clock: setClock,
    timeline: refreshYear,
    troubles: ({ on }) => (drawBadges(on), refreshTroubles()),
  },
  (lost) => (byId("lost").hidden = !lost),
);

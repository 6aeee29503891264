"""Controls of a world in another process: for benches and for tests that kill the bot.

Each is ``POST /control/<name>`` with a JSON object and answers with one; they are outside the Bot API's addresses.

====================  ================================================================================================
``people``            ``{"count": 100, "start": true, "quiet": true}`` → ``{"ids": [...]}``; ``start`` makes each press
                      «Start», ``quiet`` takes the update back from the queue
``group``             ``{"title": "...", "members": [ids], "kind": "supergroup", "admin": false}`` → ``{"id": ...}``;
                      the bot is in it, its updates about that are taken back
``says``              ``{"person": id, "text": "...", "chat": id?, "times": 1}``
``presses``           ``{"person": id, "button": "...", "chat": id?}`` → ``{"query": "..."}``; with ``data`` for the
                      button a press that no screen need offer, in the private chat
``messages``          the bots' own: ``{"chat": id?, "texts": true}`` → ``{"count": n, "chats": {}, "messages": []}``
``answers``           → ``{"answers": [[query, text], ...]}``
``stats``             → calls by method, updates pending, complaints, the clock
``flood``             ``{"on": false}``
``clock``             ``{"advance": seconds}`` → ``{"now": "..."}``
``faults``            ``{"kind": "fail|flood|drop|hang|clear", "method": "*", "times": 1, ...}``
``reset``             forgets messages, updates, presses and counts; people and chats stay
====================  ================================================================================================
"""

from collections.abc import Callable
from datetime import timedelta

from aiohttp import web

from rehearsal.chats import Chat
from rehearsal.flood import Flood
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.posting import post
from rehearsal.refusals import Json
from rehearsal.world import World


class Controls:
    def __init__(self, world: World) -> None:
        self.world = world
        self.actions: dict[str, Callable[[Json], Json]] = {
            "people": self.people,
            "group": self.group,
            "says": self.says,
            "presses": self.presses,
            "messages": self.messages,
            "answers": self.answers,
            "stats": self.stats,
            "flood": self.flood,
            "clock": self.clock,
            "faults": self.faults,
            "reset": self.reset,
        }

    def extend(self, app: web.Application) -> None:
        app.router.add_post("/control/{name}", self.handle)

    async def handle(self, request: web.Request) -> web.Response:
        action = self.actions.get(request.match_info["name"])
        if action is None:
            raise web.HTTPNotFound(text=f"controls: {', '.join(self.actions)}")
        asked = await request.json() if request.can_read_body else {}
        try:
            return web.json_response(action(asked))
        except (ValueError, LookupError, TypeError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)

    def _chat(self, asked: Json) -> Chat | None:
        chat_id = asked.get("chat")
        return None if chat_id is None else next(chat for chat in self.world.chats() if chat.id == chat_id)

    def _quietly(self) -> None:
        for bot in self.world.bots.values():
            bot.queue.clear()

    def people(self, asked: Json) -> Json:
        people = [self.world.add_person(f"Person {number}") for number in range(asked.get("count", 1))]
        for person in people if asked.get("start", True) else []:
            person.starts()
        if asked.get("quiet", True):
            self._quietly()
        return {"ids": [person.id for person in people]}

    def group(self, asked: Json) -> Json:
        members = [self.world.people[member] for member in asked["members"]]
        group = self.world.add_group(asked["title"], list(members), asked.get("kind", "supergroup"))
        members[0].adds_bot(group, admin=asked.get("admin", False))
        self._quietly()
        return {"id": group.id}

    def says(self, asked: Json) -> Json:
        for _ in range(asked.get("times", 1)):
            self.world.people[asked["person"]].says(asked["text"], self._chat(asked))
        return {}

    def presses(self, asked: Json) -> Json:
        person = self.world.people[asked["person"]]
        if "data" in asked:
            return {"query": person.presses_data(self._under(person), asked["data"]).id}
        return {"query": person.presses(asked["button"], chat=self._chat(asked)).id}

    def _under(self, person: Person) -> Message:
        """A message of the bot to somebody; one is made where there is none."""
        said = [one for one in person.messages(person.private()) if one.sender.is_bot]
        return said[-1] if said else post(self.world, person.private(), self.world.bot, text="…")

    def messages(self, asked: Json) -> Json:
        chat = self._chat(asked)
        found = [m for m in (chat.live() if chat else self.world.messages()) if m.sender.is_bot and m.service is None]
        counts: dict[int, int] = {}
        for message in found:
            counts[message.chat.id] = counts.get(message.chat.id, 0) + 1
        told: Json = {"count": len(found), "chats": counts}
        if asked.get("texts", True):
            told["messages"] = [_told(message) for message in found]
        return told

    def answers(self, _asked: Json) -> Json:
        made = self.world.presses.all()
        return {"answers": [[press.id, answer.text] for press in made for answer in press.answers]}

    def stats(self, _asked: Json) -> Json:
        return {
            "calls": dict(self.world.calls),
            "pending": sum(len(bot.queue) for bot in self.world.bots.values()),
            "complaints": self.world.complaints,
            "now": self.world.clock().isoformat(),
        }

    def flood(self, asked: Json) -> Json:
        self.world.flood = Flood() if asked["on"] else None
        return {}

    def clock(self, asked: Json) -> Json:
        now = self.world.clock.advance(timedelta(seconds=asked["advance"]))
        return {"now": now.isoformat()}

    def faults(self, asked: Json) -> Json:
        settings = dict(asked)
        action = getattr(self.world.faults, settings.pop("kind"))
        action(**settings)
        return {}

    def reset(self, _asked: Json) -> Json:
        """Forget what was said. Private chats keep the person's first word, so they stay open."""
        self._quietly()
        self.world.calls.clear()
        self.world.complaints.clear()
        self.world.faults.clear()
        self.world.presses.clear()
        for chat in self.world.chats():
            kept = dict(list(chat.messages.items())[:1])
            chat.messages.clear()
            chat.messages.update(kept)
        return {}


def _told(message: Message) -> Json:
    return {
        "chat": message.chat.id,
        "id": message.id,
        "date": message.date,
        "text": message.text,
        "buttons": message.buttons,
        "edited": message.edited,
    }

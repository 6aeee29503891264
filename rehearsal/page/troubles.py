"""Trouble on demand by the page, and what people got all the same."""

from collections.abc import Callable
from typing import Any

from domain.outbox import OutboxState, Unsent
from rehearsal.faults import SENDS, Faults, Kind
from rehearsal.page.action import Action
from rehearsal.page.finding import title_of
from rehearsal.page.met import Story, plain, stories
from rehearsal.person import Person
from rehearsal.refusals import Json
from rehearsal.stage import Stage
from rehearsal.world import World
from texts import Texts

RETRY_AFTER_S = 3
SILENCE_S = 2.0
"""Shorter than the bot's own patience: what it does when nothing comes is the same."""
MOST_TIMES = 1000
SLOWEST_MS = 10_000
_SHOWN = 40
_PREVIEW = 80
_WAITING = (OutboxState.PLANNED, OutboxState.SENDING)
_OVER = (OutboxState.FAILED, OutboxState.EXPIRED)

_Ask = Callable[[Faults, int | None], None]
KINDS: dict[Kind, _Ask] = {
    "flood": lambda faults, times: faults.flood(SENDS, times, RETRY_AFTER_S),
    "error": lambda faults, times: faults.fail(SENDS, times),
    "silence": lambda faults, times: faults.silence(SENDS, times, SILENCE_S),
    "drop": lambda faults, times: faults.drop(SENDS, times),
    "drop_after": lambda faults, times: faults.drop(SENDS, times, after=True),
}
"""What can be asked for, and how: for the next sends or, with ``None``, until it is switched off."""


def count_on(world: World) -> int:
    """How many kinds of trouble are on: of the calls, a slow network, people who have blocked the bot."""
    kinds = {fault.kind for fault in world.faults.planned if fault.method == SENDS}
    blocked = any(chat.blocked for chat in world.privates.values())
    return len(kinds) + (world.faults.late("send") > 0) + blocked


class Troubles:
    """The world's faults under switches; ``changed`` is called after each."""

    def __init__(self, stage: Stage, texts: Texts, changed: Callable[[], None]) -> None:
        self.stage = stage
        self.world = stage.world
        self.texts = texts
        self._changed = changed

    def table(self) -> dict[str, Action]:
        """The actions by their names."""
        return {"trouble": self.trouble}

    async def trouble(self, asked: Json) -> Json:
        """``{"kind": "flood" | "error" | "silence" | "drop" | "drop_after", "times": 3}`` for the next three sends,
        ``null`` until switched off, ``0`` switches off. ``{"kind": "slow", "ms": 800}`` delays every answer.
        ``{"kind": "block" | "unblock", "people": [ids]}``, or ``"count": 2`` for any two. ``{"kind": "clear"}`` ends
        everything, whoever it was that had blocked.
        """
        match asked["kind"]:
            case "clear":
                self.world.faults.clear()
                for person in filter(self._has_blocked, self._opened()):
                    person.unblocks()
            case "slow":
                self.world.faults.slow("*", _between(asked["ms"], 0, SLOWEST_MS) / 1000)
            case "block" | "unblock" as what:
                self._block(asked, blocked=what == "block")
            case kind:
                self._plan(kind, asked["times"])
        self._changed()
        return {}

    def _plan(self, kind: Kind, times: Any) -> None:
        plan = KINDS[kind]
        wanted = None if times is None else _between(times, 0, MOST_TIMES)
        self.world.faults.clear(kind)
        if wanted != 0:
            plan(self.world.faults, wanted)

    def _block(self, asked: Json, *, blocked: bool) -> None:
        able = [person for person in self._opened() if self._has_blocked(person) is not blocked]
        if "people" in asked:
            known = {person.id: person for person in able}
            chosen = [known[person_id] for person_id in asked["people"]]
        else:
            chosen = self.world.random.sample(able, min(_between(asked["count"], 1, MOST_TIMES), len(able)))
        for person in chosen:
            person.blocks() if blocked else person.unblocks()

    def _opened(self) -> list[Person]:
        """Those who have talked to the bot: nobody else has anything to block."""
        bot = self.world.bot
        return [person for person in self.world.people.values() if (bot.id, person.id) in self.world.privates]

    def _has_blocked(self, person: Person) -> bool:
        return self.world.privates[self.world.bot.id, person.id].blocked

    # What is shown

    async def told(self) -> Json:
        """What is on, how many messages arrived, which did not, and what was met on the way."""
        tally = await self.stage.app.outbox.tally(_SHOWN)
        met = stories(self.world, _SHOWN)
        return {
            "on": {fault.kind: fault.left for fault in self.world.faults.planned if fault.method == SENDS},
            "slow": round(self.world.faults.late("send") * 1000),
            "people": [{"id": p.id, "name": p.name, "blocked": self._has_blocked(p)} for p in self._opened()],
            "sent": tally.counts.get(OutboxState.SENT, 0),
            "waiting": sum(tally.counts.get(state, 0) for state in _WAITING),
            "failed": sum(tally.counts.get(state, 0) for state in _OVER),
            "unsent": [self._unsent(one, met) for one in tally.unsent],
            "met": [self._met(story, tally.unsent) for story in met],
        }

    def _unsent(self, one: Unsent, met: list[Story]) -> Json:
        """``at`` is when it was due at first, as in its story: each attempt puts the instant off."""
        begun = next((story.at for story in met if story.is_about(one.chat.chat_id, one.text)), one.due_at)
        reason = "expired" if one.state is OutboxState.EXPIRED else one.reason or "none"
        return {
            "to": title_of(self.world, one.chat.chat_id),
            "text": _line(plain(one.text)),
            "over": one.state in _OVER,
            "why": self.texts.plain(f"page.unsent-{reason}"),
            "attempts": one.attempts,
            "at": begun.isoformat(),
        }

    def _met(self, story: Story, unsent: tuple[Unsent, ...]) -> Json:
        mine = [one for one in unsent if story.is_about(one.chat.chat_id, one.text)]
        waits = any(one.state in _WAITING for one in mine)
        ending = ("twice" if len(story.came) > 1 else "came") if story.came else "waits" if waits else "never"
        return {
            "at": story.at.isoformat(),
            "to": title_of(self.world, story.chat_id),
            "text": _line(story.words),
            "met": [{"kind": kind, "times": times} for kind, times in story.kinds.items()],
            "end": ending,
            "came": story.came[0].isoformat() if story.came else None,
        }


def _between(value: Any, least: int, most: int) -> int:
    number = int(value)
    if not least <= number <= most:
        raise ValueError(f"a number from {least} to {most}")
    return number


def _line(words: str) -> str:
    return words.split("\n", maxsplit=1)[0][:_PREVIEW]

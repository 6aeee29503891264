"""The one message of a chat and day: which lines it has, and how it reads."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from actions.indicator import measured
from actions.listeners import Listening
from actions.parts import Parts, parts
from actions.project import Project
from domain.agenda import Agenda, Line, Silence, agenda, heard, lines_of_day, needed, woken
from domain.button import Button, Keyboard, press
from domain.completion import is_confirmed
from domain.happening import is_held
from domain.hours import Hours
from domain.indicator import Indicator, IndicatorState
from domain.notice import COORDINATOR, Occasion, effective
from domain.roadmap import KeptItem, KeptRoadmap, OwedBy
from storage import notice as notice_rows
from storage.database import Transaction

SHOWN_LINES = 12
"""Lines of one message; the rest is «и ещё 7» behind a button."""
_BUTTONS_IN_ROW = 3
_CONFIRMS_IN_ROW = 2


class DayMessages:
    """Composes the messages of one day. What is the same for many people is worked out once."""

    def __init__(self, project: Project, roadmaps: Sequence[KeptRoadmap], today: date) -> None:
        self._project = project
        self._texts = project.texts
        self._roadmaps = roadmaps
        self._today = today
        self._numbers: dict[int, Indicator] = {}
        self._parts = Parts()
        self._lines: dict[tuple[frozenset[str], Hours], list[Line]] = {}
        self._made: dict[tuple[object, ...], tuple[str, Keyboard]] = {}

    def has_digest(self, one: Listening) -> bool:
        """Whether the week's digest is in that chat's message."""
        is_coordinator = COORDINATOR in one.recipient.addresses
        return is_coordinator and one.hours.is_digest_day(self._today) and bool(self._roadmaps)

    async def lines(self, tx: Transaction, chats: Collection[Listening]) -> dict[str, list[Line]]:
        """Recipient's key → the lines they want to hear today; whoever has none is left out.

        The numbers of the day are counted here, once, where there is anything to say at all.
        """
        people = [one.recipient.person_id for one in chats if one.recipient.person_id is not None]
        asleep = await notice_rows.snoozed(tx, people)
        said = {one.recipient.key: self._of_day(one) for one in chats}
        waiting = [one for one in chats if one.recipient.person_id is not None and said[one.recipient.key]]
        counts = await notice_rows.unanswered(tx, [one.recipient.person_id or 0 for one in waiting])
        for one in chats:
            if one.recipient.person_id is not None:
                person = one.recipient.person_id
                silence = _silence(counts.get(person, {}), asleep.get(person, {}), one.hours)
                said[one.recipient.key] = self._wanted(said[one.recipient.key], silence, one.hours)
        if any(said.values()) or any(self.has_digest(one) for one in chats):
            self._numbers = await measured(tx, self._project, self._roadmaps, self._today)
        await self._leave_out_done(tx, chats, said)
        wanted = {key: needed(lines, self._numbers, self._today) for key, lines in said.items()}
        return {key: lines for key, lines in wanted.items() if lines}

    async def _leave_out_done(self, tx: Transaction, chats: Collection[Listening], said: dict[str, list[Line]]) -> None:
        """People are not told of what they confirmed, and it waits for its review or was accepted, nor of what they
        have held."""
        hearing = {one.recipient.key: one.recipient.person_id for one in chats if said[one.recipient.key]}
        people = {key: person for key, person in hearing.items() if person is not None}
        if people:
            self._parts = await parts(tx, self._roadmaps, self._today)
        for key, person in people.items():
            said[key] = [line for line in said[key] if not self._has_done(person, line.kept)]

    def _has_done(self, person: int, kept: KeptItem) -> bool:
        parts, number = self._parts, self._numbers.get(kept.id)
        return parts.of(person, kept).is_done or parts.has_held(person, kept, number)

    def _of_day(self, one: Listening) -> list[Line]:
        asked = one.recipient.addresses, one.hours
        if asked not in self._lines:
            rules, calendar = one.hours.rules, one.hours.calendar
            self._lines[asked] = [
                line
                for roadmap in self._roadmaps
                for line in lines_of_day(roadmap, one.recipient.addresses, self._today, calendar, rules)
            ]
        return self._lines[asked]

    def _wanted(self, lines: list[Line], silence: Silence, hours: Hours) -> list[Line]:
        wanted = heard(lines, silence, self._today)
        have = {line.item_id for line in wanted}
        late = [
            line
            for roadmap in self._roadmaps
            for line in woken(roadmap, silence, self._today, hours.calendar, hours.rules)
        ]
        return wanted + [line for line in late if line.item_id not in have]

    def message(self, one: Listening, lines: list[Line]) -> tuple[str, Keyboard]:
        """The text (HTML) and the buttons."""
        private, digest = one.recipient.person_id is not None, self.has_digest(one)
        confirms = [line for line in lines if self._may_confirm(line, one.recipient.person_id)]
        asked = (
            tuple((line.item_id, line.notice) for line in lines),
            tuple(line.item_id for line in confirms),
            private,
            digest,
            digest and one.hours,
        )
        if asked not in self._made:
            summary = agenda(self._roadmaps, self._today) if digest else None
            self._made[asked] = self._written(lines, confirms, summary, one.hours, private=private)
        return self._made[asked]

    def _may_confirm(self, line: Line, person_id: int | None) -> bool:
        """In a group whoever is one of many that owe it may; what has not begun asks for nothing yet. Where an item
        counts what is held, that is told of instead, in private."""
        if line.notice.occasion in (Occasion.STARTS_SOON, Occasion.POSSIBLE):
            return False
        if person_id is not None:
            part = self._parts.of(person_id, line.kept)
            return part.may_confirm or self._parts.may_report(person_id, line.kept)
        return is_confirmed(line.kept.item) and line.kept.item.owed_by is not OwedBy.EXECUTORS

    def _written(
        self, lines: list[Line], confirms: list[Line], summary: Agenda | None, hours: Hours, *, private: bool
    ) -> tuple[str, Keyboard]:
        said = {line.item_id for line in lines}
        text = self._texts.html(
            "notice.message",
            today=self._today,
            lines=lines[:SHOWN_LINES],
            more=max(0, len(lines) - SHOWN_LINES),
            private=private,
            numbers=self._numbers,
            several=len(self._roadmaps) > 1,
            weekly=None if summary is None else self._weekly(summary, said, hours),
        )
        return text, self._buttons(lines, confirms, private=private)

    def _weekly(self, summary: Agenda, said: set[int], hours: Hours) -> dict[str, object]:
        calendar, limit, today = hours.calendar, hours.rules.escalate_regional, self._today
        unsaid = [kept for kept in summary.overdue if kept.id not in said and not self._is_done(kept)]
        late = [(kept, calendar.working_days_after(effective(kept.item).end or today, today)) for kept in unsaid]
        return {
            "overdue": [{"kept": kept, "working_days": days, "escalated": days >= limit} for kept, days in late],
            "threatened": [kept for kept in self._open() if self._state(kept) is IndicatorState.THREATENED],
            "done": [kept for kept in self._open() if self._is_done(kept)],
            "week": summary.today + summary.week,
            "waiting": summary.waiting,
            "unclear": summary.unclear,
            "shown": SHOWN_LINES,
        }

    def _open(self) -> list[KeptItem]:
        return [kept for roadmap in self._roadmaps for kept in roadmap.items if kept.is_open]

    def _state(self, kept: KeptItem) -> IndicatorState | None:
        number = self._numbers.get(kept.id)
        return None if number is None else number.state

    def _is_done(self, kept: KeptItem) -> bool:
        """Whether its number says that it only has to be closed."""
        number = self._numbers.get(kept.id)
        return number is not None and number.count.is_whole

    def _buttons(self, lines: list[Line], confirms: list[Line], *, private: bool) -> Keyboard:
        label, confirm = ("more", "confirm") if len(lines) == 1 else ("item", "confirm-item")
        items = [self._button(label, "more", line) for line in lines[: SHOWN_LINES // 2]]
        first = [self._button(confirm, "confirm", line) for line in confirms[: SHOWN_LINES // 2]]
        if len(lines) == 1:
            first, items = [], [*first, *items]
        rows = [*_in_rows(first, _CONFIRMS_IN_ROW), *_in_rows(items, _BUTTONS_IN_ROW)]
        tasks = Button(self._texts.plain("notice.button-tasks"), press("tasks"))
        later = Button(self._texts.plain("notice.button-later"), press("later", f"{self._today:%Y%m%d}"))
        return (*rows, (tasks, later) if private and lines else (tasks,))

    def _button(self, label: str, what: Literal["more", "confirm"], line: Line) -> Button:
        item = line.kept.item
        if what == "confirm" and is_held(item):
            caption = self._texts.plain("happening.button-notice", item=item, several=label != "confirm")
            return Button(caption, press("held", line.item_id))
        data = press("more", line.item_id) if what == "more" else press("confirm", line.item_id)
        return Button(self._texts.plain(f"notice.button-{label}", number=item.number), data)


def _in_rows(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def _silence(counts: Mapping[int, int], asleep: Mapping[int, date], hours: Hours) -> Silence:
    cap = hours.rules.unanswered_cap
    return Silence(frozenset(item for item, count in counts.items() if count >= cap), dict(asleep))

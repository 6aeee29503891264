"""The one message of a chat and day: which lines it has, and how it reads."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from actions.listeners import Listening
from actions.project import Project
from domain.agenda import Agenda, Line, Silence, agenda, heard, lines_of_day, woken
from domain.button import Button, Keyboard, press
from domain.hours import Hours
from domain.notice import COORDINATOR, effective
from domain.roadmap import KeptRoadmap
from storage import notice as notice_rows
from storage.database import Transaction

SHOWN_LINES = 12
"""Lines of one message; the rest is «и ещё 7» behind a button."""
_BUTTONS_IN_ROW = 3


class DayMessages:
    """Composes the messages of one day. What is the same for many people is worked out once."""

    def __init__(self, project: Project, roadmaps: Sequence[KeptRoadmap], today: date) -> None:
        self._texts = project.texts
        self._roadmaps = roadmaps
        self._today = today
        self._lines: dict[tuple[frozenset[str], Hours], list[Line]] = {}
        self._made: dict[tuple[object, ...], tuple[str, Keyboard]] = {}

    def has_digest(self, one: Listening) -> bool:
        """Whether the week's digest is in that chat's message."""
        is_coordinator = COORDINATOR in one.recipient.addresses
        return is_coordinator and one.hours.is_digest_day(self._today) and bool(self._roadmaps)

    async def lines(self, tx: Transaction, chats: Collection[Listening]) -> dict[str, list[Line]]:
        """Recipient's key → the lines they want to hear today; whoever has none is left out."""
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
        return {key: lines for key, lines in said.items() if lines}

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
        asked = (tuple((line.item_id, line.notice) for line in lines), private, digest, digest and one.hours)
        if asked not in self._made:
            summary = agenda(self._roadmaps, self._today) if digest else None
            self._made[asked] = self._written(lines, summary, one.hours, private=private)
        return self._made[asked]

    def _written(
        self, lines: list[Line], summary: Agenda | None, hours: Hours, *, private: bool
    ) -> tuple[str, Keyboard]:
        said = {line.item_id for line in lines}
        text = self._texts.html(
            "notice.message",
            today=self._today,
            lines=lines[:SHOWN_LINES],
            more=max(0, len(lines) - SHOWN_LINES),
            private=private,
            several=len(self._roadmaps) > 1,
            weekly=None if summary is None else self._weekly(summary, said, hours),
        )
        return text, self._buttons(lines, private=private)

    def _weekly(self, summary: Agenda, said: set[int], hours: Hours) -> dict[str, object]:
        calendar, limit, today = hours.calendar, hours.rules.escalate_regional, self._today
        unsaid = [kept for kept in summary.overdue if kept.id not in said]
        late = [(kept, calendar.working_days_after(effective(kept.item).end or today, today)) for kept in unsaid]
        return {
            "overdue": [{"kept": kept, "working_days": days, "escalated": days >= limit} for kept, days in late],
            "week": summary.today + summary.week,
            "waiting": summary.waiting,
            "unclear": summary.unclear,
            "shown": SHOWN_LINES,
        }

    def _buttons(self, lines: list[Line], *, private: bool) -> Keyboard:
        label = "notice.button-more" if len(lines) == 1 else "notice.button-item"
        items = [
            Button(self._texts.plain(label, number=line.kept.item.number), press("more", line.item_id))
            for line in lines[: SHOWN_LINES // 2]
        ]
        rows = [tuple(items[start : start + _BUTTONS_IN_ROW]) for start in range(0, len(items), _BUTTONS_IN_ROW)]
        tasks = Button(self._texts.plain("notice.button-tasks"), press("tasks"))
        later = Button(self._texts.plain("notice.button-later"), press("later", f"{self._today:%Y%m%d}"))
        return (*rows, (tasks, later) if private and lines else (tasks,))


def _silence(counts: Mapping[int, int], asleep: Mapping[int, date], hours: Hours) -> Silence:
    cap = hours.rules.unanswered_cap
    return Silence(frozenset(item for item, count in counts.items() if count >= cap), dict(asleep))

"""The one message of a chat and day: which lines it has, and how it reads."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from actions.digest import SHOWN_LINES, Digests, LongLate, News
from actions.indicator import measured_rows
from actions.listeners import Listening
from actions.meeting_asking import MeetingLine, Meetings, day_meetings
from actions.parts import Parts, parts
from actions.project import Project
from actions.survey_asking import Asking, SurveyLine, asking
from actions.survey_telling import enter_button
from actions.visit_asking import AgreedLine, Visiting, VisitLine, visiting
from domain.agenda import Line, Silence, heard, lines_of_day, needed, woken
from domain.button import Button, Keyboard, press
from domain.completion import is_confirmed
from domain.escalation import escalation_days
from domain.happening import is_held
from domain.hours import Hours
from domain.indicator import Indicator
from domain.notice import COORDINATOR, MUNICIPAL, Occasion
from domain.people import Role
from domain.roadmap import KeptItem, KeptRoadmap, OwedBy
from domain.survey import Ask
from storage import notice as notice_rows
from storage.database import Transaction

_BUTTONS_IN_ROW = 3
_CONFIRMS_IN_ROW = 2
_SURVEYS = 3
"""In a message; the others come another day."""


class DayMessages:
    """Composes the messages of one day. What is the same for many people is worked out once."""

    def __init__(self, project: Project, roadmaps: Sequence[KeptRoadmap], hours: Hours, now: datetime) -> None:
        self._project = project
        self._texts = project.texts
        self._roadmaps = roadmaps
        self._hours = hours
        self._now = now
        self._today = hours.today(now)
        self._asking = Asking()
        self._visiting = Visiting()
        self._meetings = Meetings()
        self._asleep: Mapping[int, Mapping[int, date]] = {}
        self._numbers: dict[int, Indicator] = {}
        self._digests = Digests()
        self._parts = Parts()
        self._lines: dict[tuple[frozenset[str], Hours], list[Line]] = {}
        self._made: dict[tuple[object, ...], tuple[str, Keyboard]] = {}

    def has_digest(self, one: Listening) -> bool:
        """Whether the coordinator's week is in that chat's message."""
        is_coordinator = COORDINATOR in one.recipient.addresses
        return is_coordinator and one.hours.is_digest_day(self._today) and bool(self._roadmaps)

    def says_more(self, one: Listening) -> bool:
        """Whether that chat's message says anything besides its lines: of the work of others, of surveys, of visits, of
        meetings; known when the lines are."""
        told = self.surveys(one) or self._visits(one) or self._agreed(one) or self._meets(one)
        return self._news(one) is not None or bool(told)

    def surveys(self, one: Listening) -> list[SurveyLine]:
        """What somebody hears of surveys; known when the lines are."""
        person_id = one.recipient.person_id
        if person_id is None:
            return []
        return self._asking.lines(person_id, one.hours, self._today, self._asleep.get(person_id, {}))[:_SURVEYS]

    def _visits(self, one: Listening) -> list[VisitLine]:
        return self._visiting.visits(one.recipient.person_id or 0, one.hours, self._today)

    def _agreed(self, one: Listening) -> list[AgreedLine]:
        return self._visiting.agreed(one.recipient.person_id or 0, one.hours, self._today)

    def _meets(self, one: Listening) -> list[MeetingLine]:
        return self._meetings.lines(one.recipient.key, one.hours, self._today)

    def _may_have_news(self, one: Listening) -> bool:
        """The same as far as it can be told without counting."""
        today, rules, addresses = self._today, one.hours.rules, one.recipient.addresses
        if not self._roadmaps or not addresses & {COORDINATOR, MUNICIPAL}:
            return False
        after = rules.escalate_regional if COORDINATOR in addresses else rules.escalate_municipal
        return one.hours.is_digest_day(today) or today in escalation_days(self._roadmaps, after, one.hours.calendar)

    async def lines(self, tx: Transaction, chats: Collection[Listening]) -> dict[str, list[Line]]:
        """Recipient's key → the lines they want to hear today; whoever has none is left out.

        The numbers of the day are counted here, once, where there is anything to say at all.
        """
        self._asking = await asking(tx, self._project, self._now)
        self._visiting = await visiting(tx, self._project, self._now)
        self._meetings = await day_meetings(tx, self._project, self._now, {one.hours for one in chats})
        people = [one.recipient.person_id for one in chats if one.recipient.person_id is not None]
        asleep = self._asleep = await notice_rows.snoozed(tx, people)
        said = {one.recipient.key: self._of_day(one) for one in chats}
        waiting = [one for one in chats if one.recipient.person_id is not None and said[one.recipient.key]]
        counts = await notice_rows.unanswered(tx, [one.recipient.person_id or 0 for one in waiting])
        for one in chats:
            if one.recipient.person_id is not None:
                person = one.recipient.person_id
                silence = _silence(counts.get(person, {}), asleep.get(person, {}), one.hours)
                said[one.recipient.key] = self._wanted(said[one.recipient.key], silence, one.hours)
        if any(said.values()) or any(self._may_have_news(one) for one in chats):
            await self._count(tx)
        self._leave_out_done(chats, said)
        wanted = {key: needed(lines, self._numbers, self._today) for key, lines in said.items()}
        return {key: lines for key, lines in wanted.items() if lines}

    async def _count(self, tx: Transaction) -> None:
        rows, registry = await measured_rows(tx, self._project, self._roadmaps, self._today)
        self._numbers = {row.kept.id: row.indicator for row in rows}
        self._digests = Digests.of(self._roadmaps, rows, registry, self._hours, self._today)
        self._parts = await parts(tx, self._roadmaps, self._today)

    def _leave_out_done(self, chats: Collection[Listening], said: dict[str, list[Line]]) -> None:
        """People are not told of what they confirmed, and it waits for its review or was accepted, nor of what they
        have held; of a survey that waits for them its own line tells."""
        for one in chats:
            person = one.recipient.person_id
            if person is not None:
                lines = said[one.recipient.key]
                said[one.recipient.key] = [line for line in lines if not self._has_done(person, line.kept)]

    def _has_done(self, person: int, kept: KeptItem) -> bool:
        parts, number = self._parts, self._numbers.get(kept.id)
        part = parts.of(person, kept)
        is_told = part.is_done or part.survey_id is not None or self._visiting.is_settled(person, kept.id)
        return is_told or parts.has_held(person, kept, number)

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
        private, news = one.recipient.person_id is not None, self._news(one)
        confirms = [line for line in lines if self._may_confirm(line, one.recipient.person_id)]
        surveys = self.surveys(one)
        asked = (
            tuple((line.item_id, line.notice) for line in lines),
            tuple((line.looked.survey.id, line.ask, line.who, line.is_begun) for line in surveys),
            tuple((line.one.id, line.is_guest) for line in self._visits(one)),
            tuple(line.agreed.id for line in self._agreed(one)),
            tuple(self._meets(one)),
            tuple(line.item_id for line in confirms),
            private,
            COORDINATOR in one.recipient.addresses,
            news and (one.hours, self._municipalities(one)),
        )
        if asked not in self._made:
            self._made[asked] = self._written(one, lines, confirms, surveys, news)
        return self._made[asked]

    def _news(self, one: Listening) -> News | None:
        weekly, escalated = self.has_digest(one), tuple[LongLate, ...]()
        if COORDINATOR in one.recipient.addresses and not weekly:
            escalated = self._digests.escalated(one.hours, self._today)
        municipalities = self._municipalities(one)
        schools = self._digests.schools(municipalities, one.hours, self._today) if municipalities else None
        return News(weekly, escalated, schools) if weekly or escalated or schools else None

    def _municipalities(self, one: Listening) -> frozenset[int]:
        """Whose schools somebody hears of."""
        duties = self._parts.duties.get(one.recipient.person_id or 0, ())
        municipal = (duty.municipality_id for duty in duties if duty.role is Role.MUNICIPAL)
        return frozenset(place for place in municipal if place is not None)

    def _may_confirm(self, line: Line, person_id: int | None) -> bool:
        """In a group whoever is one of many that owe it may; what has not begun asks for nothing yet. Where an item
        counts what is held, that is told of instead, in private."""
        if line.notice.occasion in (Occasion.STARTS_SOON, Occasion.POSSIBLE):
            return False
        if person_id is not None:
            part = self._parts.of(person_id, line.kept)
            return part.may_confirm or self._parts.may_report(person_id, line.kept)
        by_survey = line.item_id in self._parts.progress.surveys
        return is_confirmed(line.kept.item) and not by_survey and line.kept.item.owed_by is not OwedBy.EXECUTORS

    def _written(
        self,
        one: Listening,
        lines: list[Line],
        confirms: list[Line],
        surveys: list[SurveyLine],
        news: News | None,
    ) -> tuple[str, Keyboard]:
        said = {line.item_id for line in lines}
        sees_names = COORDINATOR in one.recipient.addresses
        private = one.recipient.person_id is not None
        text = self._texts.html(
            "notice.message",
            today=self._today,
            lines=lines[:SHOWN_LINES],
            surveys=surveys,
            visits=self._visits(one),
            agreed=self._agreed(one),
            meetings=self._meets(one),
            zone=self._project.zone,
            more=max(0, len(lines) - SHOWN_LINES),
            private=private,
            numbers=self._numbers,
            late={item_id: self._digests.names(item_id) for item_id in said} if sees_names else {},
            several=len(self._roadmaps) > 1,
            weekly=self._digests.weekly(said, one.hours, self._today) if news and news.weekly else None,
            escalated=[long for long in news.escalated if long.kept.id not in said] if news else [],
            schools=news.schools if news else None,
            tally=self._visiting.tally,
        )
        board = ((Button(self._texts.plain("home.button-board"), press("go", "board")),),) if news else ()
        may_put_off = private and bool(lines or [line for line in surveys if line.looked.item is not None])
        *rows, last = self._buttons(lines, confirms, may_put_off=may_put_off)
        return text, (*self._entrances(lines, surveys, private=private), *self._to_visits(one), *rows, *board, last)

    def _to_visits(self, one: Listening) -> Keyboard:
        """A button for each visit and meeting, and one for what the school promised."""
        found = [
            Button(self._texts.plain("visit_day.button-visit", day=line.one.visit.day), press("visit", line.one.id))
            for line in self._visits(one)
        ]
        agreed = [
            Button(self._texts.plain("visit_day.button-agreed"), press("agreeds", line.agreed.school_id))
            for line in self._agreed(one)[:1]
        ]
        meets = [
            Button(self._texts.plain("meeting_day.button-meeting", day=line.day), press("mtmy", line.one.id))
            for line in self._meets(one)
            if not line.is_group
        ]
        return _in_rows([*found, *agreed, *meets], _CONFIRMS_IN_ROW)

    def _entrances(self, lines: list[Line], surveys: list[SurveyLine], *, private: bool) -> Keyboard:
        """«Пройти опрос»: of a person's surveys, and in a group of those that its lines are about."""
        if private:
            many = len(surveys) > 1
            numbers = [one.looked.item.number if one.looked.item is not None and many else None for one in surveys]
            buttons = zip(surveys, numbers, strict=True)
            return tuple((enter_button(self._project, one, number),) for one, number in buttons)
        said = {line.item_id for line in lines}
        open_here = [one.looked for one in self._asking.surveys if one.looked.survey.item_id in said][:_SURVEYS]
        return tuple((enter_button(self._project, SurveyLine(one, Ask.INVITE)),) for one in open_here)

    def _buttons(self, lines: list[Line], confirms: list[Line], *, may_put_off: bool) -> Keyboard:
        label, confirm = ("more", "confirm") if len(lines) == 1 else ("item", "confirm-item")
        items = [self._button(label, "more", line) for line in lines[: SHOWN_LINES // 2]]
        first = [self._button(confirm, "confirm", line) for line in confirms[: SHOWN_LINES // 2]]
        if len(lines) == 1:
            first, items = [], [*first, *items]
        rows = [*_in_rows(first, _CONFIRMS_IN_ROW), *_in_rows(items, _BUTTONS_IN_ROW)]
        tasks = Button(self._texts.plain("notice.button-tasks"), press("tasks"))
        later = Button(self._texts.plain("notice.button-later"), press("later", f"{self._today:%Y%m%d}"))
        return (*rows, (tasks, later) if may_put_off else (tasks,))

    def _button(self, label: str, what: Literal["more", "confirm"], line: Line) -> Button:
        item = line.kept.item
        if what == "confirm" and is_held(item):
            caption = self._texts.plain("happening.button-notice", item=item, several=label != "confirm")
            return Button(caption, press("held", line.item_id))
        data = press("more", line.item_id) if what == "more" else press("confirm", line.item_id)
        return Button(self._texts.plain(f"notice.button-{label}", number=item.number), data)


def _in_rows(buttons: list[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def _silence(counts: Mapping[int, int], asleep: Mapping[int, date], hours: Hours) -> Silence:
    cap = hours.rules.unanswered_cap
    return Silence(frozenset(item for item, count in counts.items() if count >= cap), dict(asleep))

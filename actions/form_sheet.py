"""What the engine of forms and the features that use it say to each other."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from domain.button import Keyboard
from domain.form import Answers, Form, Option, Question, Value, missing
from domain.people import Member
from storage.database import Transaction
from storage.form_run import Pending, Run


@dataclass(frozen=True, slots=True)
class Ref:
    """What is filled in: a feature («survey»), which of its things, and for whom where somebody answers for several."""

    purpose: str
    id: int
    who: int = 0

    @property
    def about(self) -> str:
        """What its runs are said to belong to."""
        return f"{self.purpose}:{self.id}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as its feature gives it to somebody.

    ``mark`` is the key of their run. ``heading`` (HTML) stands above every question, ``note`` (HTML) above the first
    one. ``author`` is who answers, ``None`` where that is not kept. ``may_edit`` is whether what was
    sent can still be changed; ``at_once`` sends with the last answer, without a summary. ``schools`` are what a
    question about a school offers.
    """

    form: Form
    mark: str
    heading: str
    note: str = ""
    author: int | None = None
    may_edit: bool = True
    at_once: bool = False
    schools: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a feature answers to a form that was sent: a text (HTML), buttons, a toast."""

    text: str
    buttons: Keyboard = ()
    toast: str | None = None


class Purpose(Protocol):
    """A feature whose forms are filled in."""

    async def sheet(self, tx: Transaction, ref: Ref, *, by: Member, now: datetime) -> Sheet:
        """The form for somebody. Raises ``Refusal`` where it is not theirs, or cannot be answered (any more)."""
        ...

    async def changed(self, tx: Transaction, ref: Ref, run: Run, *, by: Member, now: datetime) -> None:
        """Something was answered; ``run`` is how it stands now."""
        ...

    async def sent(self, tx: Transaction, ref: Ref, run: Run, *, by: Member, now: datetime) -> Said:
        """All was answered and is sent. May be called again for what was sent before: it is the same once more."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown next: a question, what was typed to be confirmed (``pending``), or (without a ``question``) the
    summary. ``today`` is the local day."""

    ref: Ref
    sheet: Sheet
    today: date
    answers: Answers = field(default_factory=dict)
    question: Question | None = None
    pending: Pending | None = None
    is_sent: bool = False

    @property
    def value(self) -> Value:
        """What was answered before to the question that is asked."""
        return None if self.question is None else self.answers.get(self.question.id)

    @property
    def missing(self) -> list[Question]:
        """Required questions without an answer."""
        return missing(self.sheet.form, self.answers)

"""What the engine of forms and the features that use it say to each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from domain.button import Keyboard
from domain.form import Answers, Form, Option, Question, QuestionKind, Value, missing, taking
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
    question about a school offers. ``given`` are answers that stand before anybody answered: a run begins with them.
    ``entry`` says how a text, or a line of an answer, is kept: by its question, its words, the local day. ``is_marked``
    has each answer confirmed above the next page; ``sent_note`` (HTML) stands in the summary of what was sent,
    ``warning`` says (HTML) what is to be thought of before it is. ``may_drop`` is whether answers that are not sent can
    be deleted.
    """

    form: Form
    mark: str
    heading: str
    note: str = ""
    author: int | None = None
    may_edit: bool = True
    at_once: bool = False
    schools: tuple[Option, ...] = ()
    given: Answers = field(default_factory=dict)
    entry: Callable[[Question, str, date], str] | None = None
    is_marked: bool = False
    sent_note: str = ""
    warning: Callable[[Answers], str] | None = None
    may_drop: bool = True


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

    async def changed(
        self, tx: Transaction, ref: Ref, run: Run, before: Answers, /, *, by: Member, now: datetime
    ) -> None:
        """Something was answered; ``run`` is how it stands now, ``before`` the answers as they were. Raises ``Refusal``
        for what cannot be so: the answer is undone."""
        ...

    async def sent(self, tx: Transaction, ref: Ref, run: Run, *, by: Member, now: datetime) -> Said:
        """All was answered and is sent. May be called again for what was sent before: it is the same once more."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown next: a question, what was typed to be confirmed (``pending``), or (without a ``question``) the
    summary. ``today`` is the local day, ``saved`` what was kept just now and is to be said so."""

    ref: Ref
    sheet: Sheet
    today: date
    answers: Answers = field(default_factory=dict)
    question: Question | None = None
    pending: Pending | None = None
    is_sent: bool = False
    saved: tuple[Question, Value] | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether nothing was answered yet but what is known without asking."""
        return not set(self.answers) - set(self.sheet.given)

    @property
    def value(self) -> Value:
        """What was answered before to the question that is asked."""
        return None if self.question is None else self.answers.get(self.question.id)

    @property
    def missing(self) -> list[Question]:
        """Required questions without an answer."""
        return missing(self.sheet.form, self.answers)

    @property
    def warning(self) -> str:
        """What is to be thought of before this is sent; empty where nothing is."""
        return self.sheet.warning(self.answers) if self.sheet.warning and not self.is_sent else ""

    def taking(self, kind: QuestionKind) -> Question | None:
        """The question that a file or a place sent now answers."""
        return taking(self.sheet.form, self.answers, self.question, kind)

"""A feature that exists for the tests of the engine of forms alone: a visit's report in small."""

from dataclasses import dataclass, field
from datetime import date, datetime

from actions.form_sheet import Ref, Said, Sheet
from bot.core import Core
from domain.form import Answers, Condition, Form, Option, Question, QuestionKind
from domain.people import Member
from domain.refusal import Refusal
from storage.database import Transaction
from storage.form_run import Run, put

KINDS = QuestionKind
MET = Question("met", "Кто встречал?", KINDS.ONE, options=(Option("head", "Директор"), Option("deputy", "Заместитель")))
WAS = Question(
    "was",
    "Когда был визит?",
    KINDS.DATE,
    options=(Option("20220309", "9 марта, ср"), Option("20220310", "10 марта, чт")),
    past=True,
)
SEEN = Question("seen", "Что увидели?", KINDS.TEXT, length=200)
AGREED = Question("agreed", "О чём договорились?", KINDS.LINES, required=False, most=3, length=60, echoed=True)
REMARKS = Question("remarks", "Замечания?", KINDS.LINES, required=False)
PHOTOS = Question("photos", "Фото и документы", KINDS.FILE, required=False, most=30, anywhere=True)
WHERE = Question("where", "Место", KINDS.LOCATION, required=False, anywhere=True, unasked=True)
WHY = Question("why", "Почему заместитель?", KINDS.TEXT, when=Condition("met", ("deputy",)))
FORM = Form("Отчёт", (MET, WHY, WAS, WHERE, SEEN, AGREED, REMARKS, PHOTOS))
REF = Ref("trial", 1)


@dataclass
class Trial:
    """The ``Purpose``; a test sets what it gives, and looks at what it was told."""

    form: Form = FORM
    given: Answers = field(default_factory=dict)
    is_marked: bool = True
    sent_note: str = ""
    may_edit: bool = True
    may_drop: bool = True
    kept: list[tuple[dict[str, object], dict[str, object]]] = field(default_factory=list)
    forbidden: tuple[object, ...] = ()

    async def sheet(self, tx: Transaction, ref: Ref, *, by: Member, now: datetime) -> Sheet:
        return Sheet(
            self.form,
            f"{ref.about}",
            "Отчёт о визите",
            author=by.person_id,
            may_edit=self.may_edit,
            may_drop=self.may_drop,
            given=self.given,
            entry=_entry,
            is_marked=self.is_marked,
            sent_note=self.sent_note,
        )

    async def changed(self, tx: Transaction, ref: Ref, run: Run, before: Answers, *, by: Member, now: datetime) -> None:
        if any(value in self.forbidden for value in run.answers.values()):
            raise Refusal("form.not-yet", day=date(2022, 3, 9))
        self.kept.append((dict(before), dict(run.answers)))

    async def sent(self, tx: Transaction, ref: Ref, run: Run, *, by: Member, now: datetime) -> Said:
        if not run.is_sent:
            await put(tx, Run(run.mark, run.about, run.answers, is_sent=True, person_id=by.person_id, changed_at=now))
        return Said("Отчёт отправлен.")


def _entry(question: Question, words: str, today: date) -> str:
    """«до завтра» needs no more than to be refused where it is nothing."""
    if words == "ерунда":
        raise Refusal("form.press-please")
    return f"{words} — {today:%d.%m}" if question.id == "agreed" and "до" not in words else words


def tries(core: Core, trial: Trial) -> Trial:
    """From now on the engine knows it."""
    core.forms._purposes = {**core.forms._purposes, REF.purpose: trial}
    return trial

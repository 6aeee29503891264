"""What another form in the place of one changes: for the coordinator to see before it is put there. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from domain.form import Form, Question, same_shape


class FormChangeKind(StrEnum):
    """What becomes of a question."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REWORDED = "reworded"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """``number`` is the question's place in the form where it stands, from 1: the old one of what is removed."""

    kind: FormChangeKind
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class FormChange:
    """``heading`` is whether the title, the intro or the thanks are other ones; ``keeps_answers`` whether answers to
    the old form are answers to the new one."""

    questions: tuple[QuestionChange, ...]
    heading: bool
    keeps_answers: bool

    @property
    def is_nothing(self) -> bool:
        """Whether it is the same form."""
        return not self.questions and not self.heading


def form_change(before: Form, after: Form) -> FormChange:
    """What is different."""
    old = {one.id: one for one in before.questions}
    new = {one.id for one in after.questions}
    stays = [one.id for one in before.questions if one.id in new]
    kept = [one.id for one in after.questions if one.id in old]
    found = []
    for number, one in enumerate(after.questions, 1):
        kind = _kind(old.get(one.id), one, moved=one.id in old and stays.index(one.id) != kept.index(one.id))
        if kind is not None:
            found.append(QuestionChange(kind, number, one.text))
    gone = [(number, one) for number, one in enumerate(before.questions, 1) if one.id not in new]
    found += [QuestionChange(FormChangeKind.REMOVED, number, one.text) for number, one in gone]
    heading = (before.title, before.intro, before.thanks) != (after.title, after.intro, after.thanks)
    return FormChange(tuple(found), heading, same_shape(before, after))


def _kind(old: Question | None, new: Question, *, moved: bool) -> FormChangeKind | None:
    if old is None:
        return FormChangeKind.ADDED
    if not same_shape(Form("", (old,)), Form("", (new,))):
        return FormChangeKind.CHANGED
    if old != new:
        return FormChangeKind.REWORDED
    return FormChangeKind.MOVED if moved else None

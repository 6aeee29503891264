"""What the questions of a form say of each other: ids met twice, conditions that cannot hold, loops of them.

Read leniently from a document already parsed, so that a question with a wrong field still has its conditions checked:
what cannot be read refuses nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.form import FILE_KINDS, NO, YES, QuestionKind
from domain.form_value import scale_of
from domain.registry import name_key

_AS_CONDITIONS: Final = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.SCALE, QuestionKind.YES_NO})


@dataclass(frozen=True, slots=True)
class Outlined:
    """A question as far as others may refer to it. ``number`` counts from 1; ``answers`` are what it can be answered
    with: id → its words; ``None`` is what cannot be read."""

    number: int
    id: str
    kind: QuestionKind | None
    answers: Mapping[str, str] | None
    wanted: str = ""
    any_of: tuple[str, ...] = ()

    def answer(self, words: str) -> str | None:
        """The id of the answer that a condition names by its id or in its words."""
        known = self.answers or {}
        if words in known:
            return words
        key = name_key(words)
        return next((one for one, name in known.items() if name_key(name) == key), None)


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason as a text id, where it was met, the variables of its text."""

    number: int
    field: str
    reason: str
    details: Mapping[str, str]


def as_word(value: Any) -> Any:
    """An answer as a condition names it; a scale's number and ``true`` may stand without quotes."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value) if isinstance(value, int) and -1000 < value < 1000 else value


def numbered(options: list[Any]) -> list[Any]:
    """Options in plain words get their ids by their places: 1, 2, 3."""
    return [{"id": str(place), "text": one} if isinstance(one, str) else one for place, one in enumerate(options, 1)]


class Outline:
    """All questions of a document."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        questions = raw.get("questions")
        listed = questions if isinstance(questions, list) else []
        self.questions = [_outlined(number, one) for number, one in enumerate(listed, 1) if isinstance(one, dict)]
        self._known: dict[str, Outlined] = {}
        for one in self.questions:
            if one.id:
                self._known.setdefault(one.id, one)

    def question(self, question_id: str) -> Outlined | None:
        """The first question of that id."""
        return self._known.get(question_id)

    def faults(self) -> Iterator[Fault]:
        """Everything that does not agree, question by question."""
        loops = {loop[0]: loop for loop in self._loops()}
        looped = {one for loop in loops.values() for one in loop}
        for one in self.questions:
            if one.id and self._known[one.id] is not one:
                yield Fault(one.number, "id", "form_file.duplicate", {"value": one.id})
            elif one.id in loops:
                names = " → ".join((*loops[one.id], one.id))
                yield Fault(one.number, "when", "form_file.loop", {"questions": names})
            if one.wanted and not (one.id in looped and self._known[one.id] is one):
                yield from self._condition(one)

    def _condition(self, one: Outlined) -> Iterator[Fault]:
        other = self.question(one.wanted)
        if other is None or other is one:
            reason = "form_file.on-itself" if other is one else "form_file.unknown-question"
            yield Fault(one.number, "when.question", reason, {"id": one.wanted})
            return
        if other.number > one.number:
            yield Fault(one.number, "when.question", "form_file.on-later", {"id": one.wanted})
        if other.kind is not None and other.kind not in _AS_CONDITIONS:
            yield Fault(one.number, "when.question", "form_file.no-condition", {"id": one.wanted})
        elif other.answers is not None:
            yield from self._answers(one, other)

    def _answers(self, one: Outlined, other: Outlined) -> Iterator[Fault]:
        met: set[str] = set()
        for place, words in enumerate(one.any_of, 1):
            answer, field = other.answer(words), f"when.any_of[{place}]"
            if not words:
                continue  # cannot be read
            if answer is None:
                yield Fault(one.number, field, "form_file.unknown-answer", {"id": other.id, "value": words})
            elif answer in met:
                yield Fault(one.number, field, "form_file.duplicate", {"value": words})
            else:
                met.add(answer)

    def _loops(self) -> Iterator[list[str]]:
        """Each loop of two questions or more once, from the first question of the form that is in it."""
        done: set[str] = set()
        for start in self._known:
            walked: list[str] = []
            at = start
            while at in self._known and at not in done and at not in walked:
                walked.append(at)
                at = self._known[at].wanted
            loop = walked[walked.index(at) :] if at in walked else []
            if len(loop) > 1:
                first = min(range(len(loop)), key=lambda place: self._known[loop[place]].number)
                yield loop[first:] + loop[:first]
            done |= {*walked}


def _outlined(number: int, raw: Mapping[str, Any]) -> Outlined:
    kind = _kind(raw.get("kind"))
    when = raw.get("when")
    condition = when if isinstance(when, dict) else {}
    any_of = condition.get("any_of")
    words = tuple(_text(as_word(one)) for one in any_of) if isinstance(any_of, list) else ()
    return Outlined(number, _text(raw.get("id")), kind, _answers(kind, raw), _text(condition.get("question")), words)


def _kind(raw: Any) -> QuestionKind | None:
    return QuestionKind(raw) if isinstance(raw, str) and raw in FILE_KINDS else None


def _answers(kind: QuestionKind | None, raw: Mapping[str, Any]) -> Mapping[str, str] | None:
    match kind:
        case QuestionKind.YES_NO:
            return {YES: "да", NO: "нет"}
        case QuestionKind.SCALE:
            return _steps(raw.get("least"), raw.get("most"))
        case QuestionKind.ONE | QuestionKind.SEVERAL:
            return _options(raw.get("options"))
    return None


def _steps(least: Any, most: Any) -> Mapping[str, str] | None:
    if not all(one is None or (type(one) is int and abs(one) <= 100) for one in (least, most)):
        return None
    return {str(step): str(step) for step in scale_of(least, most)}


def _options(raw: Any) -> Mapping[str, str] | None:
    if not isinstance(raw, list):
        return None
    found: dict[str, str] = {}
    for entry in numbered(raw):
        if not isinstance(entry, dict) or not _text(entry.get("id")):
            return None
        found.setdefault(_text(entry["id"]), _text(entry.get("text")))
    return found


def _text(raw: Any) -> str:
    return raw.strip() if isinstance(raw, str) else ""

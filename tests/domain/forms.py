"""Forms for tests: a small one with every kind, and any that a file may hold."""

from typing import Any

from hypothesis import strategies as st

from domain.form import FILE_KINDS, Condition, Form, Option, Question, QuestionKind
from domain.registry import name_key
from domain.toml_file import is_readable

KINDS = QuestionKind
ASKABLE = (KINDS.ONE, KINDS.SEVERAL, KINDS.SCALE, KINDS.YES_NO)


def a_question(question_id: str = "q", kind: QuestionKind = KINDS.TEXT, **more: Any) -> Question:
    return Question(question_id, more.pop("text", f"Вопрос {question_id}?"), kind, **more)


def options(*names: str) -> tuple[Option, ...]:
    return tuple(Option(one.lower(), one) for one in names)


def a_form(*questions: Question, **more: Any) -> Form:
    return Form(more.pop("title", "Опрос"), questions, **more)


letters = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
_shape = "abcdefghijklmnopqrstuvwxyz0123456789_-"


def line(longest: int, *, empty: bool = False, lines: bool = False) -> st.SearchStrategy[str]:
    """What somebody may write; often what a table could take for something else."""
    alphabet = letters | st.just("\n") if lines else letters
    plain = st.text(alphabet, max_size=min(longest, 40)) | st.sampled_from(
        ["=1+1", "-да", "@x", "+7", "a: b", "1", "да", "_x0041_", "<b>&", "а, б", "1.5", "TRUE", "'x", "x" * longest]
    )
    tidy = plain.map(str.strip).filter(lambda text: is_readable(text.replace("\n", "")) and len(text) <= longest)
    return tidy if empty else tidy.filter(bool)


def _bounds(draw: Any, kind: QuestionKind, count: int) -> dict[str, Any]:
    none = st.none()
    match kind:
        case KINDS.SCALE:
            least = draw(none | st.integers(-5, 3))
            low = 1 if least is None else least
            return {"least": least, "most": draw(st.integers(low + 1, low + 10) | none)}
        case KINDS.NUMBER | KINDS.FILE | KINDS.SEVERAL:
            low, high = {KINDS.NUMBER: (-(10**12), 10**12), KINDS.FILE: (1, 10)}.get(kind, (1, count))
            least = draw(none | st.integers(low, high))
            return {"least": least, "most": draw(none | st.integers(low if least is None else least, high))}
    return {}


def _answers(question: Question) -> list[str]:
    match question.kind:
        case KINDS.YES_NO:
            return ["yes", "no"]
        case KINDS.SCALE:
            low = 1 if question.least is None else question.least
            return [str(one) for one in range(low, (5 if question.most is None else question.most) + 1)]
    return [one.id for one in question.options]


@st.composite
def questions(draw: Any, question_id: str, earlier: list[Question]) -> Question:
    kind = draw(st.sampled_from(FILE_KINDS))
    chosen: tuple[Option, ...] = ()
    if kind in (KINDS.ONE, KINDS.SEVERAL):
        names = draw(st.lists(line(100), min_size=2, max_size=5, unique_by=name_key))
        ids = draw(st.lists(st.text(_shape, min_size=1, max_size=12), min_size=5, max_size=5, unique=True))
        chosen = tuple(Option(one, name) for one, name in zip(ids, names, strict=False))
    bounds = _bounds(draw, kind, len(chosen))
    possible = [one for one in earlier if one.kind in ASKABLE]
    when = None
    if possible and draw(st.booleans()):
        other = draw(st.sampled_from(possible))
        answers = draw(st.lists(st.sampled_from(_answers(other)), min_size=1, max_size=3, unique=True))
        when = Condition(other.id, tuple(answers))
    return Question(
        question_id,
        draw(line(600, lines=True)),
        kind,
        required=draw(st.booleans()),
        hint=draw(line(300, empty=True, lines=True)),
        options=chosen,
        length=draw(st.integers(1, 4000)) if kind is KINDS.TEXT else 1000,
        ends=draw(st.just(("", "")) | st.tuples(line(60), line(60))) if kind is KINDS.SCALE else ("", ""),
        when=when,
        **bounds,
    )


@st.composite
def forms(draw: Any) -> Form:
    """Any form that a file may hold."""
    found: list[Question] = []
    for one in draw(st.lists(st.text(_shape, min_size=1, max_size=16), min_size=1, max_size=5, unique=True)):
        found.append(draw(questions(one, found)))
    said = line(1000, empty=True, lines=True)
    return Form(draw(line(100)), tuple(found), draw(said), draw(said))

"""What an answer may be: a press, a typed line or a file becomes a value, or is refused with a reason. Pure."""

import math
import re
from dataclasses import asdict
from datetime import date
from typing import Any

from domain.form import (
    ALL_FILES,
    MOST_FILES,
    MOST_LINES,
    NO,
    TEXT_LIMIT,
    YES,
    Answers,
    FormFile,
    Place,
    Question,
    QuestionKind,
    Value,
)
from domain.refusal import Refusal
from domain.registry import name_key
from domain.typed_day import read_day

_YES_NO = {YES: True, NO: False}
_YES_WORDS, _NO_WORDS = frozenset({"да", "ага", "конечно", "+"}), frozenset({"нет", "не", "-"})
_MARKER = re.compile(r"\s*(?:[0-9]{1,2}[.)]|[-–—•·*])(?![0-9])\s*")
"""Before a line: «1.», «2)», «-», «•»; «12.03» is none."""
_OF_WHAT = f"(?:{'|'.join(('замечаний', 'предложений', 'договоренностей', 'рекомендаций'))})"
_NO_ONE = f"(?:{'|'.join(('нет', 'нету', 'не имеется'))})"
_NONE = re.compile(f"-|{_NO_ONE}|{_OF_WHAT} {_NO_ONE}|{_NO_ONE} {_OF_WHAT}")
"""Instead of lines: that there are none."""
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,6})?")
_HIDDEN = re.compile("[\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What is not seen and turns the text around it: a message must read the same for everybody."""
_JOINER = "\u200d"
"""Makes one emoji of several."""
_FEWEST, _MOST_DEFAULT = 1, 5


def pressed(question: Question, option: str) -> Value:
    """The answer of a button. Raises ``Refusal`` for one that the question does not have (any more)."""
    match question.kind:
        case QuestionKind.ONE | QuestionKind.SCHOOL if question.option(option) is not None:
            return option
        case QuestionKind.YES_NO if option in _YES_NO:
            return _YES_NO[option]
        case QuestionKind.SCALE if option in map(str, scale(question)):
            return int(option)
        case QuestionKind.DATE if question.option(option) is not None:
            return date.fromisoformat(option)
    raise Refusal("form.no-option")


def option_of(day: date) -> str:
    """The id of the option that offers a day."""
    return f"{day:%Y%m%d}"


def scale(question: Question) -> range:
    """The numbers of a scale."""
    return scale_of(question.least, question.most)


def scale_of(least: int | None, most: int | None) -> range:
    """The numbers from ``least`` to ``most``; from 1 to 5 where they are not said."""
    return range(_FEWEST if least is None else least, (_MOST_DEFAULT if most is None else most) + 1)


def toggled(question: Question, value: Value, option: str) -> tuple[str, ...]:
    """Several options with one more, or without it; in the form's order.

    Raises ``Refusal`` for an option that is not there and for one too many.
    """
    if question.kind is not QuestionKind.SEVERAL or question.option(option) is None:
        raise Refusal("form.no-option")
    before = {one for one in value if isinstance(one, str)} if isinstance(value, tuple) else set()
    chosen = before ^ {option}
    if question.most is not None and question.most < len(chosen) > len(before):
        raise Refusal("form.too-many-options", limit=question.most)
    return tuple(one.id for one in question.options if one.id in chosen)


def chosen(question: Question, value: Value) -> Value:
    """Several options as they are, finished. Raises ``Refusal`` where too few are."""
    options = value if isinstance(value, tuple) else ()
    fewest = max(question.least or 0, 1 if question.required else 0)
    if len(options) < fewest:
        raise Refusal("form.too-few-options", limit=fewest)
    return options or None


def typed(question: Question, text: str, today: date) -> Value:
    """The answer as it was typed. Raises ``Refusal`` that says how to answer."""
    match question.kind:
        case QuestionKind.TEXT:
            return _text(question, text)
        case QuestionKind.NUMBER:
            return _number(question, text)
        case QuestionKind.DATE:
            return _day(question, text, today)
        case QuestionKind.LINES:
            return _lines(question, text)
        case QuestionKind.SCALE if text.strip() in map(str, scale(question)):
            return int(text)
        case QuestionKind.YES_NO if (word := name_key(text).strip(" .,")) in _YES_WORDS | _NO_WORDS:
            return word in _YES_WORDS
        case QuestionKind.ONE | QuestionKind.SCHOOL:
            return _option(question, text)
        case QuestionKind.FILE:
            raise Refusal("form.file-please")
        case QuestionKind.LOCATION:
            raise Refusal("form.location-please")
    raise Refusal("form.press-please")


def _option(question: Question, text: str) -> str:
    """The option that somebody wrote out, or the only one that begins so; of a school any of its words may begin so.
    «№ 1» is no beginning of «№ 12»."""
    key = name_key(text)
    names = {one.id: name_key(one.text) for one in question.options}
    exact = [one for one, name in names.items() if name == key]
    begins = (r"(?<!\w)" if question.kind is QuestionKind.SCHOOL else r"\A") + re.escape(key)
    begins += r"(?!\d)" if key[-1:].isdigit() else ""
    found = exact or [one for one, name in names.items() if key and re.search(begins, name)]
    if len(found) != 1:
        raise Refusal("form.press-please")
    return found[0]


def _text(question: Question, text: str) -> str:
    words = "\n".join(line.rstrip() for line in seen(text).splitlines()).strip()
    if not words.replace(_JOINER, "").strip():
        raise Refusal("form.no-text")
    limit = min(question.length, TEXT_LIMIT)
    if len(words) > limit:
        raise Refusal("form.long-text", limit=limit, length=len(words))
    return words


def _lines(question: Question, text: str) -> tuple[str, ...] | None:
    """Every line that says something; ``None`` for «нет» where nothing need be said."""
    if _NONE.fullmatch(name_key(text).strip(" .")):
        skipped(question)
        return None
    unmarked = (_MARKER.sub("", line, count=1).strip() for line in seen(text).splitlines())
    lines = tuple(line for line in unmarked if line.replace(_JOINER, "").strip())
    if not lines:
        raise Refusal("form.no-text")
    limit = question.most or MOST_LINES
    if len(lines) > limit:
        raise Refusal("form.too-many-lines", limit=limit, count=len(lines))
    longest = min(question.length, TEXT_LIMIT)
    for number, line in enumerate(lines, 1):
        if len(line) > longest:
            raise Refusal("form.long-line", number=number, limit=longest, length=len(line))
    return lines


def _day(question: Question, text: str, today: date) -> date:
    day = read_day(text, near=today, today=today, past=question.past)
    if question.past and day > today:
        raise Refusal("form.not-yet", day=day)
    return day


def seen(text: str) -> str:
    """A text without what nobody sees: hidden letters are left out, control characters become spaces."""
    return "".join(one if one.isprintable() or one in f"\n{_JOINER}" else " " for one in _HIDDEN.sub("", text))


def _number(question: Question, text: str) -> int | float:
    plain = re.sub(r"[ \u00a0\u202f]+(?=[0-9]{3}\b)", "", text.strip().replace("\u2212", "-"))
    if not _NUMBER.fullmatch(plain):
        raise Refusal("form.no-number")
    found = float(plain.replace(",", "."))
    least = -math.inf if question.least is None else question.least
    most = math.inf if question.most is None else question.most
    if not least <= found <= most:
        raise Refusal("form.number-outside", least=question.least, most=question.most)
    return int(found) if found.is_integer() else found


def with_file(question: Question, value: Value, file: FormFile) -> tuple[FormFile, ...]:
    """The files with one more; the same message, or the same content, again adds nothing.

    Raises ``Refusal`` where the question wants none, and for one too many.
    """
    if question.kind is not QuestionKind.FILE:
        raise Refusal("form.no-file-please")
    files = files_of(value)
    if any(one.source == file.source or one.id == file.id for one in files):
        return files
    limit = min(question.most or MOST_FILES, ALL_FILES)
    if len(files) >= limit:
        raise Refusal("form.too-many-files", limit=limit)
    return (*files, file)


def files_of(value: Value) -> tuple[FormFile, ...]:
    """The files of an answer; none where it is something else."""
    return tuple(one for one in value if isinstance(one, FormFile)) if isinstance(value, tuple) else ()


def placed(question: Question, latitude: float, longitude: float) -> Place:
    """A point. Raises ``Refusal`` where the question wants none."""
    if question.kind is not QuestionKind.LOCATION:
        raise Refusal("form.no-location-please")
    return Place(round(latitude, 5), round(longitude, 5))


def skipped(question: Question) -> Value:
    """«Пропустить». Raises ``Refusal`` for a question that must be answered."""
    if question.required:
        raise Refusal("form.required")
    return None


def is_confirmed_first(question: Question) -> bool:
    """Whether what was typed is echoed and confirmed before it counts: «15.03», «пятница», «1,5», and whatever the
    question wants so."""
    return question.echoed or question.kind in (QuestionKind.DATE, QuestionKind.NUMBER)


def as_kept(value: Value) -> Any:
    """A value as JSON."""
    match value:
        case date():
            return {"day": value.isoformat()}
        case Place():
            return {"place": [value.latitude, value.longitude]}
        case tuple():
            return [asdict(one) if isinstance(one, FormFile) else one for one in value]
    return value


def from_kept(raw: Any) -> Value:
    """The value of that JSON."""
    match raw:
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case {"place": [latitude, longitude]}:
            return Place(latitude, longitude)
        case [{}, *_]:
            return tuple(FormFile(**one) for one in raw)
        case list():
            return tuple(str(one) for one in raw)
    return _plain(raw)


def answers_kept(answers: Answers) -> dict[str, Any]:
    """All answers as JSON."""
    return {one: as_kept(value) for one, value in answers.items()}


def answers_from(raw: dict[str, Any]) -> dict[str, Value]:
    """All answers of that JSON."""
    return {one: from_kept(value) for one, value in raw.items()}


def _plain(raw: Any) -> Value:
    if raw is None or isinstance(raw, str | int | float):
        return raw
    raise ValueError(f"no answer is kept as {type(raw).__name__}")

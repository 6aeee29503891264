"""Deadlines of a Russian order: what «до 20.03.2022» or «март-апрель» means."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.deadline_error import DeadlineError, DeadlineReason
from domain.deadline_period import CALENDAR_YEAR, Period, read_period
from domain.deadline_words import complete, normalise

__all__ = ["Deadline", "DeadlineError", "DeadlineKind", "DeadlineReason", "parse_deadline"]

_LONGEST = 200
"""Characters. A cell longer than that holds more than a deadline."""


class DeadlineKind(StrEnum):
    """How a deadline binds; decides which notices an item gets (notices.md)."""

    ON = "on"
    BY = "by"
    BETWEEN = "between"
    AFTER = "after"
    RECURRING = "recurring"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Deadline:
    """When an item is due; days are inclusive.

    ``on``: both are the day · ``by``: ``end`` only · ``between``: both, in order · ``after``: ``start`` only, the day
    after which it becomes possible · ``recurring``: the ends of its window that are named, if any · ``none``: neither.
    ``exact`` is false where no days are named: a month, a quarter, a year, «ежемесячно», the end of a school year.
    """

    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    exact: bool = True


def parse_deadline(text: str, *, year: int) -> Deadline:
    """The meaning of one deadline cell; ``year`` is used where the wording names no year.

    In a window a year named in one half is the other half's too. Raises ``DeadlineError`` for dates that do not exist,
    reversed windows and everything that is not understood to the last word: there are no guesses.
    """
    written, plain = " ".join(text.split()), normalise(text)
    if len(plain) > _LONGEST:
        raise DeadlineError(DeadlineReason.NOT_UNDERSTOOD, written)
    try:
        found = _read(plain, year)
    except DeadlineError as error:
        fragment = written if error.fragment == plain else _as_written(error.fragment, written)
        raise DeadlineError(error.reason, fragment) from None
    if found is None:
        raise DeadlineError(_why_not(plain), written)
    return found


def _as_written(fragment: str, written: str) -> str:
    """The fragment with the capitals of the order («III квартал»), where it can be found there."""
    at = written.lower().find(fragment)
    return written[at : at + len(fragment)] if at >= 0 else fragment


def _read(text: str, year: int) -> Deadline | None:
    """The first shape that fits to the last letter, or ``None``."""
    bare = _INCLUSIVE.sub("", text)
    wording = _LEAD_IN.sub("", bare)
    for shape, build in _SHAPES:
        if (found := shape.fullmatch(wording)) and (deadline := build(found, year)):
            # «включительно» belongs to an end: «после 15 марта включительно» contradicts itself
            return deadline if bare == text or deadline.kind in _WITH_END else None
    return None


def _unplanned(_found: re.Match[str], _year: int) -> Deadline:
    return Deadline(DeadlineKind.NONE, exact=False)


def _recurring(found: re.Match[str], year: int) -> Deadline | None:
    """«ежемесячно», with a window before or after it: from a day, until a day, or both."""
    window = found["before"] or found["after"]
    if window is None:
        return Deadline(DeadlineKind.RECURRING, exact=False)
    if found["before"] and found["after"]:
        return None
    if (opening := _OPENING.fullmatch(window)) and (period := read_period(opening["from"] or "")):
        return Deadline(DeadlineKind.RECURRING, start=period.days(year)[0], exact=period.exact)
    read = _read(window, year)
    return replace(read, kind=DeadlineKind.RECURRING) if read and read.kind in _WINDOWS else None


def _limit(text: str) -> Period | None:
    """What may stand after «до»: a period, or «конца июня», which is a day."""
    end = re.fullmatch(r"кон(?:ца|цу|ец) (.+)", text)
    if end is None:
        return read_period(text)
    period = CALENDAR_YEAR if _BARE_YEAR.fullmatch(end[1]) else read_period(end[1])
    return period and period.last_day()


def _boundary(text: str, wording: str) -> Period | None:
    """A limit that is one day: «до июня» and «после июня» leave open whether June counts."""
    period = _limit(text)
    if period and not period.is_day:
        raise DeadlineError(DeadlineReason.AMBIGUOUS, wording)
    return period


def _by(found: re.Match[str], year: int) -> Deadline | None:
    day = _boundary(found["period"], found[0])
    return Deadline(DeadlineKind.BY, end=day.days(year)[1], exact=day.exact) if day else None


def _after(found: re.Match[str], year: int) -> Deadline | None:
    day = _boundary(found["period"], found[0])
    return Deadline(DeadlineKind.AFTER, start=day.days(year)[0], exact=day.exact) if day else None


def _not_before(found: re.Match[str], _year: int) -> None:
    """«не ранее 1 мая» allows the day that «после 1 мая» excludes, and says nothing of an end: not ours to choose."""
    if _limit(found["period"]):
        raise DeadlineError(DeadlineReason.AMBIGUOUS, found[0])


def _open(found: re.Match[str], _year: int) -> None:
    """«с 1 сентября», «24.01.2022 –» (the scan lost a line): a beginning is not yet a deadline."""
    if read_period(found["from"] or found["cut"]):
        raise DeadlineError(DeadlineReason.NO_END, found[0])


def _from_to(found: re.Match[str], year: int) -> Deadline | None:
    """«с 10 по 24 марта»; «с 10 до 24 марта» too, since «до» includes its day, but then the end must be a day."""
    last = _boundary(found["last"], found[0]) if found["word"] == "до" else _limit(found["last"])
    first = read_period(complete(found["first"], found["last"]))
    if first is None or last is None:
        return None
    return _between(first.whole(genitive=bool(found["since"])), last.whole(), year, found[0])


def _whole_year(_found: re.Match[str], year: int) -> Deadline:
    return Deadline(DeadlineKind.BETWEEN, *CALENDAR_YEAR.days(year), exact=False)


def _named(found: re.Match[str], year: int) -> Deadline | None:
    """A day, a period, or a window written with a dash; «с» needs the window, «в» and «в течение» no single day."""
    lead, what = found["lead"] or "", found["what"]
    genitive = lead in {"в течение", "на протяжении"}
    period = read_period(what)
    if period is None:
        return _dashed(what, year, genitive=genitive)
    if lead in {"с", "со"} or (lead and period.is_day):
        return None
    kind = DeadlineKind.ON if period.is_day else DeadlineKind.BETWEEN
    return Deadline(kind, *period.whole(genitive=genitive).days(year), exact=period.exact)


def _dashed(text: str, year: int, *, genitive: bool) -> Deadline | None:
    """The window around the one dash that has a period on each side: «3-я декада мая – 10 июня» has two dashes."""
    for dash in re.finditer("-", text):
        left, right = text[: dash.start()].rstrip(" ."), text[dash.end() :].lstrip()
        first, last = read_period(complete(left, right)), read_period(right)
        if first and last:
            return _between(first.whole(genitive=genitive), last.whole(genitive=genitive), year, text)
    return None


def _between(first: Period, last: Period, year: int, wording: str) -> Deadline:
    """A window of two periods. Equal ends are a window of one day: odd, but it says one thing only.

    Exact only if both ends are: in «март – 15 апреля» the first day is as vague as in «март – апрель».
    """
    opens, closes = first.days(last.year or year), last.days(first.year or year)
    if opens[0] > closes[1]:
        raise DeadlineError(DeadlineReason.REVERSED, wording)
    if opens[0] > closes[0] or opens[1] > closes[1]:  # «15 марта - март»: one lies inside the other
        raise DeadlineError(DeadlineReason.AMBIGUOUS, wording)
    return Deadline(DeadlineKind.BETWEEN, opens[0], closes[1], exact=first.exact and last.exact)


def _why_not(text: str) -> DeadlineReason:
    """The likeliest reason for a wording that no shape fits; it only chooses the sentence that a person reads."""
    pieces = _BETWEEN_PIECES.split(text)
    if len(pieces) > 1 and all(_TIME_WORD.search(piece) for piece in pieces):
        return DeadlineReason.SEVERAL
    if _RELATIVE.search(text):
        return DeadlineReason.RELATIVE
    return DeadlineReason.AMBIGUOUS if _VAGUE.search(text) else DeadlineReason.NOT_UNDERSTOOD


_WINDOWS = {DeadlineKind.BY, DeadlineKind.BETWEEN}
_WITH_END = _WINDOWS | {DeadlineKind.RECURRING}

_INCLUSIVE = re.compile(r",? \(?вкл(?:ючительно)?\)?$")
_LEAD_IN = re.compile(r"^(?:в сроки?|в период|период|сроки?(?: исполнения| реализации)?)(?:: ?| )")
_BARE_YEAR = re.compile("(?:всего |календарного )?года")

_TIMES = r"(?:[1-9][0-9]?(?:-[1-9][0-9]?)?(?:-?х)?|одного|один|двух|два|трех|три|четырех|четыре)"
_OFTEN = (
    r"(?:постоянно|на постоянной основе|регулярно|систематически|еже(?:дневно|недельно|месячно|квартально|годно)"
    rf"|(?:не (?:реже|менее) (?:чем )?)?(?:{_TIMES} )?раза? в (?:день|неделю|месяц|квартал|полугодие|год))"
)
_THEN = "(?: ?- (?=со? |до |в )|[ ,;(]+)"  # «ежемесячно – октябрь» may have lost the first month
_OPENING = re.compile("(?:начиная )?со? (?P<from>.+)|(?P<cut>.+)-")

_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Deadline | None]], ...] = tuple(
    (re.compile(shape), build)
    for shape, build in (
        (r"-?|\[?не (?:указан|определен|установлен)[оы]?\]?|без срока", _unplanned),
        (r"(?:по|согласно) (?:(?:отдельно|индивидуально|утвержденно)му )?(?:графику|плану)", _unplanned),
        (r"в соответствии с (?:графиком|планом)|по мере необходимости|при необходимости|по согласованию", _unplanned),
        (rf"(?:(?P<before>.+?)[ ,;(]+)??{_OFTEN}(?:[ ,;(]+{_OFTEN})*(?:{_THEN}(?P<after>.+?))?\)?", _recurring),
        ("(?:до|не позднее|не позже|ко?|по) (?P<period>.+)", _by),
        ("после (?P<period>.+)", _after),
        ("не (?:ранее|раньше) (?P<period>.+)", _not_before),
        ("(?P<since>со?) (?P<first>.+) (?P<word>до) (?P<last>.+)", _from_to),
        ("(?:(?P<since>со?) )?(?P<first>.+) (?P<word>по) (?P<last>.+)", _from_to),
        (_OPENING.pattern, _open),
        (f"(?:в течение|на протяжении) {_BARE_YEAR.pattern}", _whole_year),
        ("(?:(?P<lead>в течение|на протяжении|со?|во?) )?(?P<what>.+)", _named),
    )
)
"""From the particular to the general; a builder that answers ``None`` leaves the wording to the next."""

_BETWEEN_PIECES = re.compile("[,;]| и ")
_TIME_WORD = re.compile("[0-9]|январ|феврал|март|апрел|ма[йя]|ию[нл]|август|тябр|ноябр|декабр|кварт|полугод|еже|[iv]")
_RELATIVE = re.compile(
    "через |спустя |(?:течение|протяжении) .*(?:дн|недел|месяц|квартал|полугоди|час)"
    "|(?:дневн|недельн|месячн)[а-я]+ срок|со дня|с момента"
    "|текущ|следующ|ближайш|прошл|немедленно|незамедлительно|срочно"
)
_VAGUE = re.compile("начал|середин|кон(?:ец|ц)|уч(?:ебн|[. ])")

"""What holds for every date, window and spelling, and for any text at all."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadline import Deadline, DeadlineError, DeadlineKind, DeadlineReason, parse_deadline

GENITIVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
NOMINATIVE = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()  # noqa: SIM905

DAY_SPELLINGS = [
    "{d:%d.%m.%Y}",
    "{d:%d.%m.%Y}г.",
    "{d.day}.{d.month}.{d.year} г.",
    "{d:%d.%m.%y}",
    "{d.day} {month} {d.year}",
    "{d.day} {month} {d.year} г.",
    "{d.day}-го {month} {d.year}года",
    "«{d:%d}» {month} {d.year} г.",
]
YEARLESS_SPELLINGS = ["{d:%d.%m}", "{d:%d.%m}.", "{d.day} {month}", "{d:%d} {month}."]
WINDOW_SPELLINGS = ["{0} – {1}", "{0}-{1}", "с {0} по {1}", "в период с {0} по {1}", "{0}—{1} включительно"]
SPACES = ["\u00a0", "\u2009", "\u202f", "  ", "\t", " \n"]
DASHES = "-‐‑‒–—―−"
TAILS = ["", ".", " .", ",", " ;", "..."]

WORDS = [
    *(*GENITIVE, *NOMINATIVE, "с", "по", "до", "в", "к", "после", "конца", "не позднее", "не ранее", "начиная с"),
    *("срок", "в течение", "года", "г.", "гг.", "учебного года", "квартал", "полугодие", "декада", "половина"),
    *("ежемесячно", "постоянно", "раз в месяц", "включительно", "I", "II", "IV", "первая", "3-я", "-", "–", ",", "."),
    *("/", "0", "10", "24", "31", "2022", "2022/23", "15.03", "30.02", "20.10.2022"),
]

dates = st.dates(date(2000, 1, 1), date(2099, 12, 31))  # two digits of a year are of this century
windows = st.tuples(dates, dates).map(lambda pair: (min(pair), max(pair)))
years = st.integers(2000, 2100)


def written(spelling: str, day: date) -> str:
    return spelling.format(d=day, month=GENITIVE[day.month - 1])


def outcome(text: str, year: int = 2022) -> Deadline | str:
    """What a wording gives, an error as its reason: two spellings of one thing must give the same."""
    try:
        return parse_deadline(text, year=year)
    except DeadlineError as error:
        return error.reason


@st.composite
def wordings(draw: st.DrawFn) -> str:
    """A wording of words that orders are made of; mostly nonsense."""
    chosen = draw(st.lists(st.sampled_from(WORDS), max_size=8))
    return draw(st.sampled_from([" ", " ", "", "\u00a0"])).join(chosen)


@given(dates, st.sampled_from(DAY_SPELLINGS), years)
def test_every_day_is_read_in_every_spelling(day: date, spelling: str, year: int) -> None:
    text = written(spelling, day)

    assert parse_deadline(text, year=year) == Deadline(DeadlineKind.ON, day, day)
    assert parse_deadline(f"до {text}", year=year) == Deadline(DeadlineKind.BY, end=day)
    assert parse_deadline(f"после {text}", year=year) == Deadline(DeadlineKind.AFTER, start=day)


@given(dates, st.sampled_from(YEARLESS_SPELLINGS))
def test_a_day_without_a_year_is_of_the_roadmaps_year(day: date, spelling: str) -> None:
    assert parse_deadline(written(spelling, day), year=day.year) == Deadline(DeadlineKind.ON, day, day)


@given(
    windows, st.sampled_from(WINDOW_SPELLINGS), st.sampled_from(DAY_SPELLINGS), st.sampled_from(DAY_SPELLINGS), years
)
def test_every_window_is_read_in_every_spelling(
    window: tuple[date, date], frame: str, opening: str, closing: str, year: int
) -> None:
    text = frame.format(written(opening, window[0]), written(closing, window[1]))

    assert parse_deadline(text, year=year) == Deadline(DeadlineKind.BETWEEN, *window)


@given(windows, st.sampled_from(WINDOW_SPELLINGS), st.sampled_from(DAY_SPELLINGS), years)
def test_a_reversed_window_is_refused(window: tuple[date, date], frame: str, spelling: str, year: int) -> None:
    first, last = window
    text = frame.format(written(spelling, last), written(spelling, first))

    assert outcome(text, year) == (DeadlineReason.REVERSED if first < last else Deadline(DeadlineKind.BETWEEN, *window))


@given(
    st.tuples(dates, dates),
    st.sampled_from(WINDOW_SPELLINGS),
    st.sampled_from([("{d:%d.%m}", "."), ("{d:%d.%m}.", ""), ("{d.day} {month}", " ")]),
    st.sampled_from(DAY_SPELLINGS),
    years,
)
def test_a_missing_first_year_is_the_second_one(
    days: tuple[date, date], frame: str, opening: tuple[str, str], closing: str, year: int
) -> None:
    short, end = written(opening[0], days[0]), written(closing, days[1])
    with_year = f"{short}{opening[1]}{days[1].year}"

    assert outcome(frame.format(short, end), year) == outcome(frame.format(with_year, end), year)


@given(st.integers(1, 28), st.integers(1, 28), st.integers(1, 12), years)
def test_a_day_takes_the_month_of_the_other_half(first: int, last: int, month: int, year: int) -> None:
    full = outcome(f"{first} {GENITIVE[month - 1]} – {last} {GENITIVE[month - 1]}", year)

    assert outcome(f"с {first} по {last} {GENITIVE[month - 1]}", year) == full
    assert outcome(f"{first}-{last} {GENITIVE[month - 1]}", year) == full
    assert outcome(f"{first}-{last}.{month:02}", year) == full


@given(years, st.integers(1, 12))
def test_the_parts_of_a_month_cover_it(year: int, month: int) -> None:
    name = GENITIVE[month - 1]
    whole = parse_deadline(f"{NOMINATIVE[month - 1]} {year}", year=2022)
    halves = [parse_deadline(f"{n} половина {name} {year}", year=2022) for n in ("первая", "вторая")]
    decades = [parse_deadline(f"{n} декада {name} {year}", year=2022) for n in ("I", "2-я", "третья")]

    for parts in (halves, decades):
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        for left, right in pairwise(parts):
            assert right.start == (left.end or date.min) + timedelta(days=1)


@given(
    st.tuples(st.sampled_from(SPACES), st.sampled_from(DASHES), st.sampled_from(TAILS)),
    st.sampled_from([str, str.lower, str.upper, str.title]),
    wordings(),
)
def test_spaces_dashes_case_and_tail_change_nothing(
    marks: tuple[str, str, str], case: Callable[[str], str], text: str
) -> None:
    space, dash, tail = marks
    changed = case(text).replace(" ", space).replace("–", dash).replace("-", dash)

    assert outcome(f"{changed}{tail}") == outcome(text)


@given(st.one_of(st.text(), st.text("абвгдежзийклмнопрстуфхцчшщьюя0123456789 .-–/,«»"), wordings()), st.integers())
def test_any_text_gives_a_deadline_or_a_refusal(text: str, year: int) -> None:
    with suppress(DeadlineError):
        parse_deadline(text, year=year)


@given(st.one_of(wordings(), st.text("0123456789.- мартая")), years)
def test_a_deadline_has_the_days_of_its_kind(text: str, year: int) -> None:
    try:
        deadline = parse_deadline(text, year=year)
    except DeadlineError:
        return
    match deadline:
        case Deadline(kind=DeadlineKind.ON):
            assert deadline.start == deadline.end is not None
        case Deadline(kind=DeadlineKind.BETWEEN, start=date() as start, end=date() as end):
            assert start <= end
        case Deadline(kind=DeadlineKind.BY, start=None, end=date()):
            pass
        case Deadline(kind=DeadlineKind.AFTER, start=date(), end=None):
            pass
        case Deadline(kind=DeadlineKind.RECURRING, start=start, end=end):
            assert start is None or end is None or start <= end
        case Deadline(kind=DeadlineKind.NONE):
            assert deadline == Deadline(DeadlineKind.NONE, exact=False)
        case _:
            pytest.fail(f"{text!r} gave {deadline}")


@given(st.sampled_from(DAY_SPELLINGS), dates, st.text(min_size=1))
def test_words_that_are_not_understood_refuse_the_whole(spelling: str, day: date, word: str) -> None:
    text = written(spelling, day)

    assert outcome(f"до {text} ъ{word}") in set(DeadlineReason)
    assert outcome(f"{word}ъ до {text}") in set(DeadlineReason)

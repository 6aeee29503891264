"""The words of a Russian deadline (months, ordinals, years) and what typing, Word and scanning do to them.

Constants in capitals are pieces of regular expressions; they expect text that ``normalise`` has been through.
"""

import re
import unicodedata

_LATIN, _CYRILLIC = "ABCEHKMOPTXYaceopxyЁё", "АВСЕНКМОРТХУасеорхуЕе"
_ROMAN = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "І": "I", "і": "i", "Ӏ": "I", "ӏ": "i"}
_SAME: dict[str, str | int | None] = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", None),
    **dict(zip(_LATIN, _CYRILLIC, strict=True)),
    **_ROMAN,
}
"""Characters that look the same on paper. «Ш» for III and «П» for II are not here: they would be a guess."""

_OPTIONAL_HYPHEN = re.compile("(?<=[^\\W\\d_])\u00ad\\s*(?=[^\\W\\d_])")
"""A soft hyphen inside a word. Between digits it may stand for a dash, so it stays and is not understood."""

_QUOTED_NUMBER = re.compile('[«"“„]([0-9]{1,2})[»"”“]')
"""«"15" марта» of a letterhead."""


def normalise(text: str) -> str:
    """Small letters, single spaces, one kind of dash, no closing full stop. Two spellings of one wording give one text.

    Nothing is cut from the beginning: «.03.12» and «– 01.02.2022» have lost something there.
    """
    text = unicodedata.normalize("NFC", text).translate(str.maketrans(_SAME))
    text = _QUOTED_NUMBER.sub(r"\1", _OPTIONAL_HYPHEN.sub("", text)).lower()
    return " ".join(re.sub("-+", "-", text).split()).rstrip(" .,;:")


def _month_forms() -> dict[str, int]:
    stems = ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
    short = ["янв", "фев", "февр", "мар", "апр", "июн", "июл", "авг", "сен", "сент", "окт", "ноя", "нояб", "дек"]
    endings = {"март": ("", "а", "е", "у"), "август": ("", "а", "е", "у"), "ма": ("й", "я", "е", "ю")}
    forms = {
        stem + ending: number
        for number, stem in enumerate(stems, start=1)
        for ending in endings.get(stem, ("ь", "я", "е", "ю"))
    }
    full = {word: next(number for form, number in forms.items() if form.startswith(word)) for word in short}
    return forms | full


_MONTHS = _month_forms()
_GENITIVE = {form for form in _MONTHS if form.endswith(("а", "я"))}
_ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "перв": 1, "втор": 2, "трет": 3, "четв": 4}

ENDING = "(?:ь?е?го|ого|ь?е?му|ому|ь?ем|ом|м|ый|ий|ой|ь?ей|й|ая|ья|я|ое|ье|е|ую|ью|ю)"
"""Of an ordinal: «3-я», «15-го», «второй», «третьего»."""

DAY_ENDING = "(?:ь?е?го|ого|ое|е)"
"""Of a day: «15-го», «1-е». «3-я мая» is not a day, it has lost its «декада»."""

ORDINAL = (
    rf"(?:[0-9]{{1,2}}(?![0-9])(?:-?{ENDING}(?![а-я]))?|[iv]{{1,4}}(?![a-z])(?:-{ENDING}(?![а-я]))?"
    rf"|(?:перв|втор|трет|четверт){ENDING}(?![а-я]))"
)
MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
GODA = r"(?:годов|год[ауы]?|г\. ?г|гг|г)\.?"
SCHOOL_YEAR = r"(?P<school>[0-9]{4}) ?[/-] ?(?P<next>[0-9]{4}|[0-9]{2}) ?уч(?:\.|ебн(?:ый|ого|ом))? ?(?:год[ау]?|г)\.?"
YEAR = rf"(?:{SCHOOL_YEAR}|(?P<year>[0-9]{{4}})(?: ?{GODA})?|(?P<short>[0-9]{{2}}) ?(?:г|год[ау]?)\.?)"

_LEADING_NUMBER = re.compile(rf"(?P<year>[0-9]{{4}})|{ORDINAL}")


def month_number(written: str) -> int:
    """«марта» and «03» are 3. Digits are not checked: 13 is for the calendar to refuse."""
    return _MONTHS.get(written) or int(written)


def begins_in_genitive(text: str) -> bool:
    """«марта», «марта 2022»: a month as it stands after a number, «с» or «в течение»."""
    return re.split("[^а-я]", text, maxsplit=1)[0] in _GENITIVE


def ordinal_number(written: str) -> int:
    """«II», «2-й» and «второго» are 2; 0 for a numeral that is not an ordinal of any deadline («v»)."""
    digits = re.match("[0-9]+", written)
    return int(digits[0]) if digits else _ORDINALS.get(written.partition("-")[0], _ORDINALS.get(written[:4], 0))


def complete(left: str, right: str) -> str:
    """The first half of a window in full: «10» before «24 марта» is «10 марта», «iii» before «iv кварталы» likewise.

    Only like numbers: «10» before «2023 годы» stays as it is and is not understood.
    """
    mine, other = _LEADING_NUMBER.fullmatch(left), _LEADING_NUMBER.match(right)
    if mine and other and bool(mine["year"]) == bool(other["year"]):
        return left + right[other.end() :]
    return left

"""The words of a form's table: its sheets, its columns, what stands in the cells; and a defect in words."""

import re
from enum import StrEnum

from domain.form import FILE_KINDS, QuestionKind
from domain.form_file import FormDefect
from domain.registry import name_key
from texts import Texts

_SHORTEST = 3
"""Letters by which a kind is known when it is not written out."""


class FormColumn(StrEnum):
    """What a cell of a question says, in the order of the table."""

    ID = "id"
    TEXT = "text"
    KIND = "kind"
    REQUIRED = "required"
    OPTIONS = "options"
    LEAST = "least"
    MOST = "most"
    HINT = "hint"
    WHEN = "when"


class FormHeading(StrEnum):
    """What is said of the form as a whole."""

    TITLE = "title"
    INTRO = "intro"
    THANKS = "thanks"


class FormSheet(StrEnum):
    """The sheets that are read."""

    QUESTIONS = "questions"
    HEADING = "heading"


NEEDED = (FormColumn.ID, FormColumn.TEXT, FormColumn.KIND)
"""Without these columns there are no questions."""


class FormWords:
    """As they are written, and as they are looked for."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.sheets = {sheet: texts.plain(f"form_file.sheet-{sheet}") for sheet in FormSheet}
        self.columns = {column: texts.plain(f"form_file.column-{column}") for column in FormColumn}
        self.headings = {heading: texts.plain(f"form_file.heading-{heading}") for heading in FormHeading}
        self.kinds = {kind: texts.plain(f"form_file.kind-{kind}") for kind in FILE_KINDS}
        self.yes, self.no = texts.plain("form_file.yes"), texts.plain("form_file.no")

    def kind(self, word: str) -> QuestionKind | None:
        """The kind of that word, whatever the letter case, spaces and «ё»; a part of the word is enough if it is of
        one kind only."""
        key = _key(word)
        known = {_key(name): kind for kind, name in self.kinds.items()} | {kind.value: kind for kind in FILE_KINDS}
        if key in known or len(key) < _SHORTEST:
            return known.get(key)
        near = {kind for name, kind in known.items() if name.startswith(key) or key.startswith(name)}
        return near.pop() if len(near) == 1 else None


def _key(word: str) -> str:
    return re.sub(r"\s", "", name_key(word))


def defect_line(defect: FormDefect, texts: Texts) -> str:
    """Where it is and what is wrong, as one line."""
    return texts.plain("form_file.defect", defect=defect, why=texts.plain(defect.reason, **defect.details))

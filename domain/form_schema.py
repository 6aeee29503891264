"""The shape of a form's file: models whose single pass reports every defect of single questions at once.

What questions say of each other is in ``domain/form_outline.py``.
"""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from domain.form import FILE_KINDS, MOST_FILES, TEXT_LIMIT, QuestionKind
from domain.form_outline import as_word, numbered
from domain.form_value import scale_of
from domain.registry import name_key
from domain.toml_file import matching, readable, refused

MOST_QUESTIONS: Final = 40
MOST_OPTIONS: Final = 30
WIDEST_SCALE: Final = 11
"""Steps: from 0 to 10."""
_BOUNDS: Final[Mapping[QuestionKind, tuple[int, int]]] = {
    QuestionKind.SEVERAL: (1, MOST_OPTIONS),
    QuestionKind.SCALE: (-100, 100),
    QuestionKind.NUMBER: (-(10**12), 10**12),
    QuestionKind.FILE: (1, MOST_FILES),
}
"""What ``least`` and ``most`` may be, of the kinds that have them."""
_WITH_OPTIONS: Final = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL})

_ONE_LINE: Final = readable("form_file.control-character")
_LINES: Final = readable("form_file.hidden-sign", lines=True)
_Id = Annotated[str, matching(r"[a-z0-9_-]{1,16}", "form_file.bad-id")]  # travels in callback data of 64 bytes
_OptionId = Annotated[str, matching(r"[a-z0-9_-]{1,12}", "form_file.bad-option-id")]


def _numbered(value: object) -> object:
    return numbered(value) if isinstance(value, list) else value


def _of_file(value: object) -> object:
    if value not in FILE_KINDS:
        raise refused("form_file.bad-choice", allowed=", ".join(FILE_KINDS))
    return value


class _Entry(BaseModel):
    """Strict, because TOML has types of its own: a number in quotes is a slip, not a number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_strip_whitespace=True)


class OptionEntry(_Entry):
    """One of ``options``: a table, or its words alone."""

    id: _OptionId
    text: Annotated[str, Field(min_length=1, max_length=100), _ONE_LINE]


class ConditionEntry(_Entry):
    """``when``: the answers may be named by their ids or in their words."""

    question: Annotated[str, Field(min_length=1, max_length=16)]
    any_of: Annotated[
        list[Annotated[str, BeforeValidator(as_word), Field(min_length=1, max_length=100)]],
        Field(min_length=1, max_length=MOST_OPTIONS),
    ]


def _each_once(options: list[OptionEntry]) -> list[OptionEntry]:
    for at, one in enumerate(options):
        for earlier in options[:at]:
            if one.id == earlier.id:
                raise refused("form_file.duplicate", value=one.id)
            if name_key(one.text) == name_key(earlier.text):
                raise refused("form_file.duplicate", value=one.text)
    return options


class QuestionEntry(_Entry):
    """``[[questions]]``. The kind comes before what depends on it; where it cannot be read that refuses nothing."""

    id: _Id
    kind: Annotated[QuestionKind, Field(strict=False), BeforeValidator(_of_file)]
    text: Annotated[str, Field(min_length=1, max_length=600), _LINES]
    required: bool = True
    hint: Annotated[str, Field(max_length=300), _LINES] = ""
    options: Annotated[
        list[OptionEntry], BeforeValidator(_numbered), Field(max_length=MOST_OPTIONS), AfterValidator(_each_once)
    ] = Field(default=[], validate_default=True)
    least: int | None = None
    most: int | None = Field(default=None, validate_default=True)
    length: int | None = None
    ends: list[Annotated[str, Field(min_length=1, max_length=60), _ONE_LINE]] = Field(default=[])
    when: ConditionEntry | None = None

    @field_validator("options")
    @classmethod
    def _enough(cls, value: list[OptionEntry], info: ValidationInfo) -> list[OptionEntry]:
        kind = info.data.get("kind")
        if kind in _WITH_OPTIONS and len(value) < 2:
            raise refused("form_file.one-option" if value else "form_file.no-options")
        if kind is not None and kind not in _WITH_OPTIONS and value:
            raise refused("form_file.needless")
        return value

    @field_validator("least", "most")
    @classmethod
    def _within(cls, value: int | None, info: ValidationInfo) -> int | None:
        kind = info.data.get("kind")
        if value is None or kind is None:
            return value
        if kind not in _BOUNDS:
            raise refused("form_file.needless")
        low, high = _BOUNDS[kind]
        if kind is QuestionKind.SEVERAL and "options" in info.data:
            high = len(info.data["options"])
        return _inside(value, low, high)

    @field_validator("most")
    @classmethod
    def _wide(cls, value: int | None, info: ValidationInfo) -> int | None:
        """The two bounds together."""
        if "least" not in info.data or "kind" not in info.data:
            return value
        least = info.data["least"]
        if info.data["kind"] is QuestionKind.SCALE:
            steps = scale_of(least, value)
            if len(steps) > WIDEST_SCALE:
                raise refused("form_file.wide-scale", max=str(WIDEST_SCALE), count=str(len(steps)))
            if len(steps) < 2:
                raise refused("form_file.narrow-scale", least=str(steps.start), most=str(steps.stop - 1))
        elif None not in (least, value) and least > value:
            raise refused("form_file.reversed", least=str(least), most=str(value))
        return value

    @field_validator("length")
    @classmethod
    def _of_text(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is None or "kind" not in info.data:
            return value
        if info.data["kind"] is not QuestionKind.TEXT:
            raise refused("form_file.needless")
        return _inside(value, 1, TEXT_LIMIT)

    @field_validator("ends")
    @classmethod
    def _of_scale(cls, value: list[str], info: ValidationInfo) -> list[str]:
        if value and info.data.get("kind", QuestionKind.SCALE) is not QuestionKind.SCALE:
            raise refused("form_file.needless")
        if len(value) not in (0, 2):
            raise refused("form_file.two-ends")
        return value


def _inside(value: int, low: int, high: int) -> int:
    if not low <= value <= high:
        raise refused("form_file.out-of-range", min=str(low), max=str(high))
    return value


class FormEntry(_Entry):
    """The whole file."""

    title: Annotated[str, Field(min_length=1, max_length=100), _ONE_LINE]
    intro: Annotated[str, Field(max_length=1000), _LINES] = ""
    thanks: Annotated[str, Field(max_length=1000), _LINES] = ""
    questions: list[QuestionEntry] = Field(min_length=1, max_length=MOST_QUESTIONS)

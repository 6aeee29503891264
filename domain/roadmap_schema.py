"""The shape of a roadmap file: models whose single pass reports every defect at once."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from domain.people import Role
from domain.registry import SCHOOL_LIMIT
from domain.review import MAY_REVIEW
from domain.roadmap import FlagState, ItemKind, OwedBy, ReviewedBy, ThresholdKind
from domain.roadmap_checks import (
    NUMBERS,
    YEARS,
    a_survey,
    between,
    declared,
    each_once,
    inside,
    named_once,
    understood,
    unique,
)
from domain.toml_file import matching, readable, refused

_TARGETS: Final = {
    ThresholdKind.SHARE: (1, 100),
    ThresholdKind.COUNT: (1, 1000),
    ThresholdKind.MONTHLY: (1, 31),
    ThresholdKind.PER_MUNICIPALITY: (1, 1000),
}

_Printable = readable("roadmap_file.control-character")
_Optional = Annotated[str, Field(max_length=200), _Printable]
_Line = Annotated[str, Field(min_length=1, max_length=200), _Printable]
_Short = Annotated[str, Field(min_length=1, max_length=60), _Printable]
_Long = Annotated[str, Field(min_length=1, max_length=1500), _Printable]
_Prose = Annotated[str, Field(max_length=1500), _Printable]
_Note = Annotated[str, Field(max_length=500), _Printable]
_Id = Annotated[str, matching(r"[\w+-]{1,16}", "roadmap_file.bad-id")]  # travels in callback data of 64 bytes
_Slug = Annotated[str, matching(r"[a-z0-9-]{1,40}", "roadmap_file.bad-slug")]
_State = Annotated[FlagState, Field(strict=False)]
_Reviewer = Annotated[ReviewedBy, Field(strict=False)]
_Role = Annotated[Role, Field(strict=False)]
_ExecutorId = Annotated[str, declared(lambda scope: scope.executors, "roadmap_file.unknown-executor")]
_ChannelId = Annotated[str, declared(lambda scope: scope.channels, "roadmap_file.unknown-channel")]


class _Entry(BaseModel):
    """Strict, because TOML has types of its own: a number in quotes is a slip, not a number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_strip_whitespace=True)


class OrderEntry(_Entry):
    """``[order]``: what puts the roadmap into force. Its number may be unknown yet."""

    number: Annotated[str, Field(max_length=100), _Printable] = ""
    date: date


class ChannelEntry(_Entry):
    """``[[channels]]``."""

    id: Annotated[_Id, unique("channel")]
    title: _Line
    group: bool = False
    address: _Optional = ""


class ExecutorEntry(_Entry):
    """``[[executors]]``."""

    id: Annotated[_Id, unique("executor")]
    name: _Line
    role: _Role


class SchoolEntry(_Entry):
    """``[[schools]]``: who takes part, as far as the order names them."""

    name: Annotated[str, Field(min_length=1, max_length=SCHOOL_LIMIT), _Printable]
    municipality: _Line


class SurveyEntry(_Entry):
    """``[[surveys]]``: what an item of the kind «survey» begins with."""

    item: Annotated[int, AfterValidator(a_survey), unique("survey")]
    form: _Slug
    audience: Annotated[list[_Role], Field(min_length=1), AfterValidator(each_once)]
    anonymous: bool = False
    per_school: bool = False
    target: Annotated[int, between(*_TARGETS[ThresholdKind.SHARE])] | None = None


class RoadmapFlag(_Entry):
    """``[[flags]]``: a field of the heading to confirm, named as in ``Roadmap``."""

    field: Literal["slug", "title", "year", "region", "order_number", "order_date", "channels", "executors"]
    state: _State
    note: _Note = ""


class ItemFlag(_Entry):
    """A field of an item to confirm, named as in the file."""

    field: Literal[
        "title",
        "short",
        "deadline",
        "executors",
        "indicator",
        "threshold",
        "channels",
        "kind",
        "owed_by",
        "reviewed_by",
    ]
    state: _State
    note: _Note = ""


class ThresholdEntry(_Entry):
    """The number an indicator must reach. Only a share may lack it, and only a share is taken of somebody."""

    kind: Annotated[ThresholdKind, Field(strict=False)]
    of: Literal["participants", "teams", "schools"] | None = Field(default=None, validate_default=True)
    target: int | None = Field(default=None, validate_default=True)

    @field_validator("of")
    @classmethod
    def _of_somebody(cls, value: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("kind")
        if kind is ThresholdKind.SHARE and value is None:
            raise refused("roadmap_file.share-of-nobody")
        if kind not in (None, ThresholdKind.SHARE) and value is not None:
            raise refused("roadmap_file.not-a-share")
        return value

    @field_validator("target")
    @classmethod
    def _reachable(cls, value: int | None, info: ValidationInfo) -> int | None:
        kind = info.data.get("kind")
        if kind is None:  # refused already; what the number means is not known
            return value
        if value is None:
            if kind is not ThresholdKind.SHARE:
                raise refused("roadmap_file.no-target")
            return value
        return inside(value, *_TARGETS[kind])


class ItemEntry(_Entry):
    """``[[items]]``: one row of the order."""

    number: Annotated[int, between(*NUMBERS), unique("item")]
    title: _Long
    short: _Short
    deadline: Annotated[_Optional, AfterValidator(understood)]
    executors: Annotated[list[_ExecutorId], AfterValidator(each_once)]
    indicator: _Prose = ""
    channels: Annotated[list[_ChannelId], AfterValidator(each_once)]
    kind: Annotated[ItemKind, Field(strict=False)] = ItemKind.UNKNOWN
    owed_by: Annotated[OwedBy, Field(strict=False)] = OwedBy.EXECUTORS
    reviewed_by: Annotated[list[_Reviewer], AfterValidator(each_once)] = []
    threshold: ThresholdEntry | None = None
    flags: list[ItemFlag] = Field(default=[], max_length=20)

    @field_validator("reviewed_by")
    @classmethod
    def _within_reach(cls, value: list[ReviewedBy], info: ValidationInfo) -> list[ReviewedBy]:
        owed_by = info.data.get("owed_by")
        if owed_by is None:  # refused already; who may review is not known
            return value
        allowed = MAY_REVIEW[owed_by]
        strange = next((one for one in value if one not in allowed), None)
        if strange is not None:
            raise refused("roadmap_file.cannot-review", value=strange, allowed=", ".join(allowed))
        return value


class RoadmapEntry(_Entry):
    """The whole file."""

    slug: _Slug
    title: _Long
    year: Annotated[int, between(*YEARS)]
    region: _Line
    order: OrderEntry
    flags: list[RoadmapFlag] = Field(default=[], max_length=20)
    channels: list[ChannelEntry] = Field(max_length=100)
    executors: list[ExecutorEntry] = Field(max_length=100)
    schools: Annotated[list[SchoolEntry], AfterValidator(named_once)] = Field(default=[], max_length=500)
    items: list[ItemEntry] = Field(min_length=1, max_length=300)
    surveys: list[SurveyEntry] = Field(default=[], max_length=100)

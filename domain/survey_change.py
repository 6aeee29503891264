"""Changing a survey: what a typed value becomes, whom an audience asks then, whether it may still be changed. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from zlib import crc32

from domain.evidence import link_of
from domain.form import Form, same_shape
from domain.people import Role
from domain.refusal import Refusal
from domain.registry import Registry, name_key, tidy
from domain.survey import MOST_REMINDERS, PARTICIPANTS, Audience, Course, Survey
from domain.survey_field import SurveyField

_BEFORE_OPENING = frozenset({SurveyField.OPENS, SurveyField.PARTY})
TITLE_LIMIT = 100
CODE_LIMIT = 40
_PERCENT = 100
ASKABLE = (Role.SCHOOL, Role.CURATOR, Role.MUNICIPAL, Role.ORGANISER)
"""The roles that can be asked, in the order of their buttons."""

Kept = TypeVar("Kept", Role, int)


def with_typed(survey: Survey, field: SurveyField, text: str) -> Survey:
    """The survey with what was typed for a field that is no day. Raises ``Refusal`` that says what to type instead."""
    match field:
        case SurveyField.TITLE:
            return replace(survey, title=_line(text, TITLE_LIMIT, "survey_keeping.bad-title"))
        case SurveyField.LINK:
            return replace(survey, link=link_of(text))
        case SurveyField.CODE:
            code = _line(text, CODE_LIMIT, "survey_keeping.bad-code")
            if not name_key(code):
                raise Refusal("survey_keeping.bad-code", limit=CODE_LIMIT)
            return replace(survey, code=code)
        case SurveyField.TARGET:
            return replace(survey, target=_number(text.strip().removesuffix("%"), 1, _PERCENT))
        case SurveyField.REMINDERS:
            return replace(survey, reminders=_number(text, 0, MOST_REMINDERS))
    raise Refusal("survey_keeping.gone-field")


def _line(text: str, limit: int, reason: str) -> str:
    line = tidy(text)
    if not line or len(line) > limit or not any(one.isalnum() for one in line):
        raise Refusal(reason, limit=limit)
    return line


def _number(text: str, least: int, most: int) -> int:
    plain = text.strip()
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= len(str(most)) and least <= int(plain) <= most):
        raise Refusal("survey_keeping.bad-number", least=least, most=most)
    return int(plain)


def with_switched(survey: Survey, field: SurveyField, *, on: bool) -> Survey:
    """The survey with a choice of two made."""
    name = {SurveyField.PARTY: "per_school", SurveyField.ANONYMOUS: "anonymous", SurveyField.LATE: "takes_late"}
    changed: dict[str, Any] = {name[field]: on}
    return replace(survey, **changed)


def without(survey: Survey, field: SurveyField) -> Survey:
    """The survey with a field that may be empty emptied; without a link there is no code of its last page."""
    empty: dict[SurveyField, dict[str, Any]] = {
        SurveyField.OPENS: {"opens": None},
        SurveyField.CLOSES: {"closes": None},
        SurveyField.LINK: {"link": "", "code": ""},
        SurveyField.CODE: {"code": ""},
        SurveyField.TARGET: {"target": None},
    }
    return replace(survey, **empty[field])


def stamp(survey: Survey, *fields: SurveyField) -> int:
    """A number that is another one once any of these fields is (all of them where none is named): whether somebody
    decided about what they saw."""
    return crc32(repr([_kept(survey, one) for one in fields or SurveyField]).encode())


def _kept(survey: Survey, field: SurveyField) -> object:
    match field:
        case SurveyField.AUDIENCE:
            audience = survey.audience
            ids = (audience.schools, audience.municipalities, audience.people)
            return [sorted(map(str, audience.roles)), *(sorted(one) for one in ids)]
        case SurveyField.PARTY:
            return survey.per_school
        case SurveyField.LATE:
            return survey.takes_late
    return getattr(survey, field)


def refuse_day(day: date, today: date, *, opens: date | None, closes: date | None) -> None:
    """Raise ``Refusal`` for a day in the past, and for an end before the beginning."""
    if day < today:
        raise Refusal("survey_keeping.past-day", day=day, today=today)
    if opens is not None and closes is not None and closes < opens:
        raise Refusal("survey_keeping.reversed", opens=opens, closes=closes)


def refuse_change(survey: Survey, field: SurveyField) -> None:
    """Raise ``Refusal`` for what was cancelled or deleted, and for what nobody changes once a survey was opened."""
    if survey.cancelled_at is not None:
        raise Refusal("survey.gone" if survey.is_draft else "survey_keeping.cancelled")
    if field in _BEFORE_OPENING and survey.opened_at is not None:
        raise Refusal("survey_keeping.opened-already")


def refuse_over(course: Course) -> None:
    """Raise ``Refusal`` where nobody is asked any more."""
    if course.is_over or course is Course.GRACE:
        raise Refusal("survey_keeping.over")


def with_form(survey: Survey, form: Form, *, begun: bool) -> Survey:
    """The survey with another form: any until somebody began, afterwards only other words for the same.

    Raises ``Refusal``. A title that was the old form's becomes the new one's.
    """
    if begun and not same_shape(survey.form, form):
        raise Refusal("survey_keeping.other-shape")
    title = form.title if survey.title == survey.form.title else survey.title
    return refuse_telling(replace(survey, form=form, title=title))


def refuse_telling(survey: Survey) -> Survey:
    """The same survey; raises ``Refusal`` for an anonymous one with a question whose answer tells who answered."""
    telling = next((n for n, one in enumerate(survey.form.questions, 1) if one.kind.tells_who), None)
    if survey.anonymous and telling is not None:
        raise Refusal("survey_keeping.tells-who", number=telling)
    return survey


# --- Whom it asks


def with_role(audience: Audience, role: Role, *, on: bool) -> Audience:
    """A role asked or not."""
    if role not in ASKABLE:
        raise Refusal("survey_audience.gone")
    return replace(audience, roles=_toggled(audience.roles, role, on=on))


def with_municipality(audience: Audience, registry: Registry, home: int, *, on: bool) -> Audience:
    """A whole municipality asked or not, with every school of it."""
    if registry.municipality(home) is None:
        raise Refusal("survey_audience.gone")
    schools = audience.schools - {one.id for one in registry.schools_of(home)}
    return replace(audience, schools=schools, municipalities=_toggled(audience.municipalities, home, on=on))


def with_school(audience: Audience, registry: Registry, school_id: int, *, on: bool) -> Audience:
    """A school asked or not. Of a municipality that was asked whole the other schools stay, by name."""
    school = registry.school(school_id)
    if school is None:
        raise Refusal("survey_audience.gone")
    home = school.municipality_id
    if home not in audience.municipalities:
        return replace(audience, schools=_toggled(audience.schools, school_id, on=on))
    if on:
        return audience
    others = {one.id for one in registry.schools_of(home)} - {school_id}
    return replace(audience, schools=audience.schools | others, municipalities=audience.municipalities - {home})


def with_person(audience: Audience, registry: Registry, person_id: int, *, on: bool) -> Audience:
    """Somebody asked by name, or not."""
    if registry.person(person_id) is None and on:
        raise Refusal("survey_audience.gone")
    return replace(audience, people=_toggled(audience.people, person_id, on=on))


def with_everybody(_audience: Audience, _registry: Registry) -> Audience:
    """«Все участники»."""
    return Audience(roles=PARTICIPANTS)


def everywhere(audience: Audience, _registry: Registry) -> Audience:
    """The same roles and people, in no place more than in others."""
    return replace(audience, schools=frozenset(), municipalities=frozenset())


AudienceChange = Callable[[Audience, Registry], Audience]
"""What is pressed about an audience."""


def _toggled(found: frozenset[Kept], one: Kept, *, on: bool) -> frozenset[Kept]:
    return found | {one} if on else found - {one}

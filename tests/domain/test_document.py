"""A school's checklist, and how its documents go from one state into another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.document import (
    Document,
    DocumentKind,
    DocumentState,
    Line,
    Slot,
    accepted,
    after_remarks,
    changed,
    checklist,
    marked,
    moment,
    not_accepted,
)
from domain.document_picture import picture
from domain.refusal import Refusal
from domain.registry import School
from domain.risk_factor import RiskFactor, default_names, offered

NONE, DRAFT, REMARKS, PLACED, ACCEPTED = DocumentState
AT = datetime(2022, 3, 10, 9, tzinfo=UTC)
CONCEPT = Slot(1, DocumentKind.CONCEPT)
FACTORS = [RiskFactor(1, "Оснащение"), RiskFactor(2, "Мотивация"), RiskFactor(3, "Кадры", has_ended=True)]


def a_line(state: DocumentState, *, link: str = "", remarks: int = 0, own: bool = True) -> Line:
    return Line(Document(7, CONCEPT, state, link, changed_at=AT), open_remarks=remarks, is_own=own)


def outcome(use: Callable[[], Document]) -> DocumentState | str:
    try:
        return use().state
    except Refusal as refusal:
        return refusal.reason


# --- The checklist ----------------------------------------------------------------------------------------------------


def test_a_school_places_a_programme_against_each_of_its_own_risks() -> None:
    found = checklist(1, FACTORS, {2, 3}, [], {})
    assert [(one.kind, one.risk, one.state) for one in found] == [
        (DocumentKind.CONCEPT, "", NONE),
        (DocumentKind.PROGRAMME, "", NONE),
        (DocumentKind.ANTIRISK, "Мотивация", NONE),
        (DocumentKind.ANTIRISK, "Кадры", NONE),
        (DocumentKind.STAGE_1, "", NONE),
        (DocumentKind.STAGE_2, "", NONE),
    ]


def test_what_was_written_against_a_risk_outlives_the_risk() -> None:
    programme = Document(9, Slot(1, DocumentKind.ANTIRISK, 1), PLACED, "https://school.ru")
    other_school = Document(10, Slot(2, DocumentKind.CONCEPT), PLACED)
    left = checklist(1, FACTORS, {2}, [programme, other_school], {9: 2})[-1]
    assert (left.document, left.risk, left.is_own, left.open_remarks) == (programme, "Оснащение", False, 2)
    back = next(one for one in checklist(1, FACTORS, {1, 2}, [programme], {}) if one.document.id)
    assert (back.document, back.is_own) == (programme, True)


def test_papers_of_a_stage_are_many() -> None:
    many = [one.kind for one in checklist(1, FACTORS, {1}, [], {}) if one.is_many]
    assert many == [DocumentKind.STAGE_1, DocumentKind.STAGE_2]


def test_a_risk_that_has_ended_is_offered_to_nobody_but_whoever_has_it() -> None:
    assert [one.id for one in offered(FACTORS, set())] == [1, 2]
    assert [one.id for one in offered(FACTORS, {3})] == [1, 2, 3]
    assert default_names(" Оснащение \n\nКадры\n") == ["Оснащение", "Кадры"]


def test_a_moment_tells_versions_apart() -> None:
    assert moment(AT + timedelta(microseconds=1)) - moment(AT) == 1
    assert [Document(7, CONCEPT).version, a_line(PLACED).document.version] == [0, moment(AT)]


# --- From one state into another --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "wanted", "becomes"),
    [
        (a_line(NONE), DRAFT, DRAFT),
        (a_line(NONE), PLACED, "document.nothing-to-place"),
        (a_line(DRAFT, link="l"), PLACED, PLACED),
        (a_line(DRAFT, link="l", remarks=1), PLACED, REMARKS),
        (a_line(PLACED, link="l"), DRAFT, DRAFT),
        (a_line(REMARKS, link="l", remarks=1), DRAFT, DRAFT),
        (a_line(REMARKS, link="l", remarks=1), PLACED, REMARKS),
        (a_line(ACCEPTED, link="l"), DRAFT, "document.accepted-already"),
        (a_line(PLACED, link="l", own=False), DRAFT, "document.not-own-risk"),
        (a_line(PLACED, link="l"), ACCEPTED, "document.not-yours-to-mark"),
        (a_line(REMARKS, link="l"), REMARKS, "document.not-yours-to-mark"),
        (a_line(DRAFT), NONE, "document.not-yours-to-mark"),
    ],
)
def test_a_school_marks_drafts_and_what_it_placed(
    line: Line, wanted: DocumentState, becomes: DocumentState | str
) -> None:
    assert outcome(lambda: marked(line, wanted)) == becomes


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        (a_line(PLACED, link="l"), ACCEPTED),
        (a_line(ACCEPTED, link="l"), ACCEPTED),
        (a_line(NONE), "document.not-placed"),
        (a_line(DRAFT, link="l"), "document.not-placed"),
        (a_line(REMARKS, link="l", remarks=2), "document.open-remarks"),
        (a_line(PLACED, link="l", own=False), ACCEPTED),
    ],
)
def test_a_reviewer_accepts_what_is_placed_and_has_no_remarks(line: Line, becomes: DocumentState | str) -> None:
    assert outcome(lambda: accepted(line, moment(AT))) == becomes


def test_what_changed_since_it_was_looked_at_is_looked_at_again() -> None:
    assert outcome(lambda: accepted(a_line(PLACED, link="l"), moment(AT) - 1)) == "document.changed-since"


def test_what_was_accepted_by_mistake_may_be_changed_again() -> None:
    assert not_accepted(a_line(ACCEPTED, link="l")).state is PLACED
    assert not_accepted(a_line(REMARKS, link="l")).state is REMARKS


@pytest.mark.parametrize(
    ("line", "content", "becomes"),
    [
        (a_line(NONE), {"link": "l"}, DRAFT),
        (a_line(NONE), {"remote_id": "f"}, DRAFT),
        (a_line(NONE), {"link": ""}, NONE),
        (a_line(PLACED, link="l"), {"link": "m"}, PLACED),
        (a_line(PLACED, link="l"), {"link": ""}, DRAFT),
        (a_line(REMARKS, link="l", remarks=1), {"link": "m"}, REMARKS),
        (a_line(REMARKS, link="l", remarks=1), {"link": ""}, DRAFT),
        (a_line(ACCEPTED, link="l"), {"link": "m"}, "document.accepted-already"),
        (a_line(DRAFT, own=False), {"link": "m"}, "document.not-own-risk"),
    ],
)
def test_a_document_without_anything_is_not_placed(
    line: Line, content: dict[str, str], becomes: DocumentState | str
) -> None:
    assert outcome(lambda: changed(line, **content)) == becomes


def test_a_file_is_enough_where_the_link_goes() -> None:
    both = replace(a_line(PLACED, link="l"), document=replace(a_line(PLACED, link="l").document, remote_id="f"))
    assert outcome(lambda: changed(both, link="")) == PLACED


@pytest.mark.parametrize(
    ("state", "open_remarks", "becomes"),
    [
        (NONE, 1, NONE),
        (DRAFT, 1, DRAFT),
        (PLACED, 1, REMARKS),
        (ACCEPTED, 1, REMARKS),
        (REMARKS, 1, REMARKS),
        (REMARKS, 0, PLACED),
        (PLACED, 0, PLACED),
        (ACCEPTED, 0, ACCEPTED),
    ],
)
def test_remarks_are_of_what_is_placed(state: DocumentState, open_remarks: int, becomes: DocumentState) -> None:
    assert after_remarks(state, open_remarks) is becomes


# --- All schools at once ----------------------------------------------------------------------------------------------

SEVEN, EIGHT, NINE = School(1, "Школа № 7", 1), School(2, "Школа № 8", 1), School(3, "Школа № 9", 1)


def test_a_school_stands_as_its_least_advanced_programme() -> None:
    kept = [
        Document(1, Slot(1, DocumentKind.ANTIRISK, 1), ACCEPTED, changed_at=AT),
        Document(2, Slot(1, DocumentKind.ANTIRISK, 2), DRAFT, changed_at=AT),
        Document(3, Slot(2, DocumentKind.ANTIRISK, 1), PLACED, changed_at=AT),
        Document(4, Slot(2, DocumentKind.ANTIRISK, 2), PLACED, changed_at=AT),
        Document(5, Slot(1, DocumentKind.CONCEPT), PLACED, changed_at=AT - timedelta(days=1)),
    ]
    found = picture([SEVEN, EIGHT, NINE], kept, {1: {1, 2}, 2: {1}}, [1, 2, 3])
    standings = found.standings[DocumentKind.ANTIRISK]
    assert [(one.state, one.placed, one.of) for one in standings] == [(DRAFT, 1, 2), (PLACED, 1, 1), (None, 0, 0)]
    assert [one.school for one in found.lacking(DocumentKind.ANTIRISK)] == [SEVEN, NINE]
    assert found.counts(DocumentKind.ANTIRISK) == [(PLACED, 1), (DRAFT, 1), (None, 1)]
    assert found.counts(DocumentKind.CONCEPT) == [(PLACED, 1), (NONE, 2)]
    assert [one.id for one in found.waiting] == [5, 3]


def test_without_schools_nothing_stands_anywhere() -> None:
    found = picture([], [], {}, [])
    assert [found.counts(kind) for kind in DocumentKind] == [[]] * 5

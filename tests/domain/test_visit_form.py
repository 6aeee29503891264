"""What the answers of a visit's report mean."""

from datetime import date

import pytest

from domain.document import Document, DocumentKind, DocumentState, Line, Slot
from domain.form import Answers, FormFile, Place
from domain.refusal import Refusal
from domain.visit_form import (
    Change,
    Seen,
    all_files,
    changes,
    day_of,
    document_question,
    is_document,
    levels,
    lines_of,
    refuse_abroad,
    risk_of,
    risk_question,
    seen_state,
)


@pytest.mark.parametrize(
    ("question", "risk"), [("r1", 1), ("r120", 120), ("remarks", None), ("r", None), ("d-risk3", None), ("", None)]
)
def test_risk_is_known_by_its_question(question: str, risk: int | None) -> None:
    assert risk_of(question) == risk
    assert risk is None or risk_question(risk) == question


def test_each_document_has_its_question() -> None:
    concept = Line(Document(1, Slot(7, DocumentKind.CONCEPT, 0)))
    against = Line(Document(2, Slot(7, DocumentKind.ANTIRISK, 3)), "Дефицит кадров")
    assert [document_question(one) for one in (concept, against)] == ["d-concept", "d-risk3"]
    assert all(is_document(document_question(one)) for one in (concept, against))
    assert not is_document("docs")


@pytest.mark.parametrize("state", DocumentState)
def test_whatever_is_more_than_a_draft_was_seen(state: DocumentState) -> None:
    expected = {DocumentState.NONE: Seen.NONE, DocumentState.DRAFT: Seen.DRAFT}.get(state, Seen.HAS)
    assert seen_state(state) is expected


def test_levels_are_of_risks_that_were_answered() -> None:
    assert levels({"r1": "2", "r2": None, "r3": "gone", "remarks": ("3",), "overall": "4"}) == {1: 2}


def test_changes_are_from_visit_to_visit() -> None:
    found = changes([{1: 2, 2: 3}, {1: 3}, {1: 1, 3: 4}])
    assert found == {1: Change(1, 3), 2: Change(3), 3: Change(4)}
    assert [found[risk].direction for risk in (1, 2, 3)] == [-1, 0, 0]
    assert (Change(3, 2).direction, Change(2, 2).direction) == (1, 0)


def test_answers_are_taken_as_what_they_are() -> None:
    files = (FormFile(1, "a", "1:1"), FormFile(2, "b", "1:2"))
    answers: Answers = {
        "files": files[:1],
        "seen": "слова",
        "voice": files[1:],
        "day": date(2022, 3, 14),
        "met": ("head",),
    }
    assert all_files(answers) == files
    assert (day_of(answers, "day"), day_of(answers, "seen"), day_of(answers, "gone")) == (date(2022, 3, 14), None, None)
    assert (lines_of(("а", "б")), lines_of("а"), lines_of(None), lines_of(files)) == (("а", "б"), (), (), ())


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_home"),
    [
        (57.0, 40.97, True),
        (54.7, 20.5, True),
        (66.0, -170.0, True),
        (43.1, 131.9, True),
        (48.86, 2.35, False),
        (-33.9, 151.2, False),
        (40.7, -74.0, False),
        (90.0, 40.0, False),
    ],
)
def test_place_abroad_is_refused(latitude: float, longitude: float, is_home: bool) -> None:
    place = Place(latitude, longitude)
    if is_home:
        refuse_abroad(place)
        return
    with pytest.raises(Refusal, match=r"visit\.abroad"):
        refuse_abroad(place)

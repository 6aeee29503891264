"""Whose turn a remark is, what МЭДК does not have yet, and in which order it is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.document import Document, DocumentKind, Line, Slot, moment
from domain.medk import chapters, to_place
from domain.refusal import Refusal
from domain.remark import REMARK_LIMIT, Remark, RemarkKind, Subject, Turn, holding_up, may_answer, remark_text

AT = datetime(2022, 3, 10, 9, tzinfo=UTC)
LATER, LATEST = AT + timedelta(hours=1), AT + timedelta(hours=2)
NEW = Remark(1, 1, RemarkKind.REMARK, "Нет сроков.", AT, document_id=7)
ANSWERED = replace(NEW, answer="Добавили.", answered_at=LATER)
FIXED = replace(ANSWERED, fixed_at=LATEST)


@pytest.mark.parametrize(
    ("remark", "turn"),
    [
        (NEW, Turn.SCHOOL),
        (ANSWERED, Turn.AUTHOR),
        (FIXED, Turn.NOBODY),
        (replace(ANSWERED, answered_at=None), Turn.SCHOOL),
        (replace(NEW, fixed_at=AT), Turn.NOBODY),
    ],
)
def test_whose_turn_it_is(remark: Remark, turn: Turn) -> None:
    assert remark.turn is turn


def test_a_remark_holds_its_document_up_and_a_proposal_does_not() -> None:
    proposal = replace(NEW, kind=RemarkKind.PROPOSAL)
    on_item = replace(NEW, document_id=None, item_id=20)
    assert holding_up([NEW, ANSWERED, FIXED, proposal, on_item, replace(NEW, document_id=8)]) == {7: 2, 8: 1}


def test_what_is_fixed_needs_no_answer() -> None:
    may_answer(NEW)
    may_answer(ANSWERED)
    with pytest.raises(Refusal, match=r"remark\.fixed-already"):
        may_answer(FIXED)


@pytest.mark.parametrize(
    ("remark", "is_to_place"),
    [
        (NEW, True),
        (replace(NEW, placed_at=AT), False),
        (replace(ANSWERED, placed_at=AT), True),
        (replace(ANSWERED, placed_at=LATER), False),
        (replace(FIXED, placed_at=LATER), True),
        (replace(FIXED, placed_at=LATEST), False),
    ],
)
def test_medk_is_to_have_everything_as_it_is_now(remark: Remark, is_to_place: bool) -> None:
    assert remark.is_to_place is is_to_place


def test_only_what_the_text_had_is_marked_as_entered() -> None:
    placed = replace(NEW, id=2, placed_at=AT)
    assert to_place([NEW, placed, replace(ANSWERED, id=3)], moment(AT)) == [NEW]


def test_the_text_goes_by_documents_then_by_items_and_is_numbered_through() -> None:
    lines = [Line(Document(one, Slot(1, kind))) for one, kind in ((9, DocumentKind.CONCEPT), (7, DocumentKind.STAGE_1))]
    said = [
        (replace(NEW, id=1, document_id=None, item_id=20), Subject()),
        (replace(NEW, id=2), Subject(lines[1])),
        (replace(NEW, id=3, document_id=9), Subject(lines[0])),
        (replace(NEW, id=4), Subject(lines[1])),
    ]
    found = [
        (one.subject.line, [(number, remark.id) for number, remark in one.remarks]) for one in chapters(lines, said)
    ]
    assert found == [(lines[0], [(1, 3)]), (lines[1], [(2, 2), (3, 4)]), (None, [(4, 1)])]
    assert list(chapters(lines, [])) == []


def test_a_text_keeps_its_lines_and_nothing_else() -> None:
    assert remark_text(" Нет   сроков.\n\n\tНет\u200b ответственных. ") == "Нет сроков.\nНет ответственных."
    assert remark_text("x" * REMARK_LIMIT) == "x" * REMARK_LIMIT


@pytest.mark.parametrize(
    ("text", "reason"), [("", "remark.no-text"), (" \n ", "remark.no-text"), ("x" * 1001, "remark.long-text")]
)
def test_nothing_and_too_much_are_refused(text: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        remark_text(text)
    assert refused.value.reason == reason

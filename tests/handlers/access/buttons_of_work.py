"""What can be pressed of the work itself: confirmed, reviewed, held, placed, remarked on, counted."""

from dataclasses import replace

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from domain.document import moment
from handlers.presses import (
    completion,
    document,
    evidence,
    exemption,
    happening,
    indicator,
    remark,
    review,
    risk_factor,
    told_number,
)
from tests.handlers.access.purpose import FLAGS, PAGES, Pressed
from tests.handlers.opening import NOON

CONFIRM, REVIEW, HELD = Right.CONFIRM, Right.REVIEW, Right.REPORT_HAPPENING
SCHOOL, REMARK, KEEP = Right.SEE_SCHOOL, Right.REMARK, Right.KEEP_REGISTRY
_HELD = ("24", "15")
"""Items that count what was held: by each municipality, and by the University."""
_LATER = (str(2**62),)
_WHAT = ("remark", "proposal")
_for = Pressed.of


def _on_document(right: Right, **more: tuple[str, ...]) -> Pressed:
    """Where the button names a place of a school's checklist."""
    return Pressed(right, {"school": "school", "kind": ("concept", "antirisk"), "risk": ("0", "1"), **more})


WORK: dict[type[CallbackData], Pressed] = {
    completion.Confirm: _for(CONFIRM, id=("16", "31", "1", "24")),
    completion.ConfirmFor: _for(CONFIRM, id=("16", "31"), debtor="school"),
    completion.ChooseToConfirm: _for(Right.SEE_TASKS, page=PAGES),
    completion.OpenDraft: _for(CONFIRM, id="completion"),
    completion.SendDraft: _for(CONFIRM, id="completion", tells=True),
    completion.WithdrawDraft: _for(CONFIRM, id="completion", tells=True),
    document.SchoolDocuments: _for(SCHOOL, id="school"),
    document.DocumentsPage: _for(SCHOOL, id="school", page=PAGES),
    document.OpenDocument: _on_document(SCHOOL),
    document.AddToDocument: _on_document(Right.KEEP_DOCUMENTS),
    document.MarkDocument: _on_document(Right.KEEP_DOCUMENTS, state=("draft", "placed", "accepted")),
    document.DropFromDocument: _on_document(Right.KEEP_DOCUMENTS, what=("link", "file")),
    document.DocumentFile: _on_document(SCHOOL),
    document.AcceptDocument: replace(_on_document(REMARK, seen=(str(moment(NOON)),)), tells=True),
    document.DocumentNotAccepted: replace(_on_document(REMARK), tells=True),
    document.DocumentsLacking: _for(SCHOOL, kind=("concept", "antirisk"), page=PAGES),
    document.DocumentsWaiting: _for(SCHOOL, page=PAGES),
    exemption.Exempt: _for(Right.EXEMPT, id="item"),
    exemption.ExemptPage: _for(Right.EXEMPT, id="item", page=PAGES),
    exemption.ToggleExempt: _for(Right.EXEMPT, id="item", debtor="school", page=("0",)),
    evidence.AskEvidence: _for(CONFIRM, id="completion", kind=("link", "text", "order")),
    evidence.EvidenceList: _for(CONFIRM, id="completion", page=PAGES),
    evidence.TakeAway: _for(CONFIRM, id="completion", evidence="evidence"),
    happening.Held: _for(HELD, id=_HELD),
    happening.ChooseHeld: _for(Right.SEE_TASKS, page=PAGES),
    happening.HeldPage: _for(HELD, id=_HELD, page=PAGES),
    happening.OpenHappening: _for(HELD, id="happening"),
    happening.HappeningFiles: _for(HELD, id="happening"),
    happening.TakeAwayHappening: _for(HELD, id="happening"),
    indicator.BoardPage: _for(Right.SEE_REGION, screen=tuple(indicator.BoardScreen), page=PAGES),
    indicator.WhoDid: _for(SCHOOL, id="item"),
    indicator.WhoDidPage: _for(SCHOOL, id="item", page=PAGES),
    indicator.ResultOfSchool: _for(SCHOOL, id="school"),
    indicator.ResultPage: _for(SCHOOL, id="school", page=PAGES),
    remark.SchoolRemarks: _for(SCHOOL, id="school"),
    remark.RemarksPage: _for(SCHOOL, id="school", page=PAGES),
    remark.OpenRemark: _for(SCHOOL, id="remark"),
    remark.ChooseRemarkDocument: _for(REMARK, school="school", what=_WHAT, page=PAGES),
    remark.ChooseRemarkItem: _for(REMARK, school="school", what=_WHAT, page=PAGES),
    remark.RemarkOnDocument: _on_document(REMARK, what=_WHAT),
    remark.RemarkOnItem: _for(REMARK, school="school", item=("20", "1"), what=_WHAT),
    remark.AnswerRemark: _for(Right.KEEP_DOCUMENTS, id="remark"),
    remark.CorrectRemark: _for(REMARK, id="remark"),
    remark.SettleRemark: _for(REMARK, id="remark", fixed=FLAGS, tells=True),
    remark.ShowMedkText: _for(REMARK, school="school", everything=FLAGS),
    remark.PlacedInMedk: _for(REMARK, school="school", seen=_LATER),
    remark.NotPlacedInMedk: _for(REMARK, school="school", placed=("0", str(moment(NOON)))),
    review.OpenReview: _for(REVIEW, id="completion"),
    review.AcceptReview: _for(REVIEW, id="completion", seen=("1", "0"), tells=True),
    review.GiveBack: _for(REVIEW, id="completion", seen=("1", "0")),
    review.ShowProof: _for(REVIEW, id="completion"),
    review.ShowRounds: _for(CONFIRM, id="completion"),
    review.AlikeReviews: _for(REVIEW, item=("31", "1"), page=PAGES),
    review.AcceptAlike: _for(REVIEW, item=("31",), until=("1", *_LATER), tells=True),
    review.DecidedReviews: _for(REVIEW, page=PAGES),
    review.ReopenReview: _for(Right.CLOSE_ITEM, id="completion"),
    risk_factor.RisksPage: _for(KEEP, page=PAGES),
    risk_factor.OpenRisk: _for(KEEP, id=("1", "2")),
    risk_factor.AddRisk: _for(KEEP),
    risk_factor.RenameRisk: _for(KEEP, id=("1", "2")),
    risk_factor.EndRisk: _for(KEEP, id=("1", "2")),
    risk_factor.EndRiskForSure: _for(KEEP, id=("1", "2")),
    risk_factor.SchoolProfile: _for(SCHOOL, id="school", page=PAGES),
    risk_factor.TickRisk: _for(Right.TICK_RISKS, school="school", risk=("1", "2"), on=FLAGS, page=("0",)),
    told_number.TellNumber: _for(Right.CORRECT_ITEM, id="item"),
    told_number.ForgetNumber: _for(Right.CORRECT_ITEM, id="item"),
}
"""A part of ``PRESSES``."""

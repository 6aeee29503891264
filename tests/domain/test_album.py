"""How a message with files goes: what goes together, what after it, and how many messages that is."""

import pytest

from domain.album import Piece, count, left, pieces
from domain.button import Button, Keyboard
from domain.outbox import ChatAddress, OutFile, Outgoing

CHAT = ChatAddress("telegram", 1)
BUTTONS = ((Button("Ознакомлен(а)", "bcack:1"),),)
P = [OutFile(f"p{number}", is_photo=True) for number in range(12)]
D = [OutFile(f"d{number}", "План.docx") for number in range(12)]
FITS, LONG = "я" * 1000, "я" * 1001


def message(*files: OutFile, text: str = "", buttons: Keyboard = (), beside: int = 0) -> Outgoing:
    return Outgoing(CHAT, text, buttons, files, beside=tuple(str(number) for number in range(beside)))


def sizes(found: list[Piece]) -> list[tuple[str, str, bool]]:
    """(files, words, whether it carries buttons) of each piece."""
    return [("".join(one.remote_id[0] for one in each.files), each.text, bool(each.buttons)) for each in found]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (message(text="да", buttons=BUTTONS), [("", "да", True)]),
        (message(P[0], text=FITS, buttons=BUTTONS), [("p", FITS, True)]),
        (message(D[0], text=FITS), [("d", FITS, False)]),
        (message(D[0], text=f"<b>{FITS}</b>"), [("d", f"<b>{FITS}</b>", False)]),
        (message(D[0], text="&amp;" * 1000), [("d", "&amp;" * 1000, False)]),
        (message(D[0], text="&amp;" * 1001), [("d", "", False), ("", "&amp;" * 1001, False)]),
        (message(D[0], text="📅" * 500), [("d", "📅" * 500, False)]),
        (message(D[0], text="📅" * 501), [("d", "", False), ("", "📅" * 501, False)]),
        (message(P[0], text=LONG, buttons=BUTTONS), [("p", "", False), ("", LONG, True)]),
        (message(P[0], buttons=BUTTONS), [("p", "", True)]),
        (message(P[0], P[1], text="да", buttons=BUTTONS), [("pp", "", False), ("", "да", True)]),
        (message(P[0], D[0], text="да"), [("p", "", False), ("d", "", False), ("", "да", False)]),
        (message(D[0], P[0], D[1], P[1]), [("pp", "", False), ("dd", "", False)]),
        (message(D[0], P[0], D[1], P[1], buttons=BUTTONS), [("pp", "", False), ("d", "", False), ("d", "", True)]),
        (message(*P[:11], text="да"), [("p" * 10, "", False), ("p", "", False), ("", "да", False)]),
        (message(*D), [("d" * 10, "", False), ("dd", "", False)]),
    ],
    ids=lambda value: f"{len(value.files)} files" if isinstance(value, Outgoing) else None,
)
def test_what_goes_together_and_in_which_order(sent: Outgoing, expected: list[tuple[str, str, bool]]) -> None:
    assert sizes(pieces(sent)) == expected
    assert count(sent) == sum(max(len(files), 1) for files, _, _ in expected)


@pytest.mark.parametrize(
    ("came", "expected", "messages"),
    [
        (0, ["ppp", "dd", ""], 6),
        (3, ["dd", ""], 3),
        (5, [""], 1),
        (6, [""], 1),  # what nobody could have written down leaves the last piece all the same
    ],
)
def test_what_has_come_does_not_go_again(came: int, expected: list[str], messages: int) -> None:
    sent = message(*P[:3], *D[:2], text="да", beside=came)
    assert [files for files, _, _ in sizes(left(sent))] == expected
    assert count(sent) == messages


def test_edit_is_one_message_and_each_deletion_is_one() -> None:
    assert count(Outgoing(CHAT, "да", edits="5")) == 1
    assert count(Outgoing(CHAT, "", removes=("5", "6", "7"))) == 3

from pathlib import Path
import pytest
from tests.handlers import test_access as ta
from tests.handlers.test_access import before, quick, region  # noqa
from handlers.presses import happening, exemption, told_number, correction
from tests.handlers.forging import kinds

@pytest.fixture(autouse=True)
def mine(monkeypatch):
    monkeypatch.setattr(ta, "kinds", lambda: [k for k in kinds() if k.__module__.split(".")[-1] in ("happening", "exemption", "told_number") or k is correction.ChooseParty])
    monkeypatch.setattr(ta, "SECTIONS", {})

test_mine = ta.test_no_button_gives_away_or_changes_what_is_not_theirs

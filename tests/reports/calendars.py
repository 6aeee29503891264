"""Calendars read back by another library than the one that writes them."""

import vobject


def read(content: bytes) -> vobject.base.Component:
    """The one calendar that is in a file; its lines are as long as they may be, and no letter is split in two."""
    assert content.replace(b"\r\n", b"").count(b"\n") == content.replace(b"\r\n", b"").count(b"\r") == 0
    assert content.endswith(b"END:VCALENDAR\r\n")
    parts = content.split(b"\r\n")
    assert max(map(len, parts)) <= 75
    assert all(part.decode() is not None for part in parts)
    (found,) = vobject.readComponents(content.decode())
    return found


def unfolded(content: bytes) -> list[str]:
    """Its lines as they were before they were folded."""
    return content.decode().replace("\r\n ", "").split("\r\n")

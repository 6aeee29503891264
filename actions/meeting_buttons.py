"""The buttons under whatever guests of a meeting are told."""

from domain.button import Button, Keyboard, press
from domain.meeting import Coming
from texts import Texts


def answer_buttons(texts: Texts, meeting_id: int) -> Keyboard:
    """«Приду», «Не смогу», «Придёт другой», «Подробнее», «В календарь»."""

    def button(name: str, data: str) -> Button:
        return Button(texts.plain(f"meeting.button-{name}"), data)

    return (
        (
            button("yes", press("mtsay", meeting_id, Coming.YES)),
            button("no", press("mtsay", meeting_id, Coming.NO)),
        ),
        (button("other", press("mtsay", meeting_id, Coming.OTHER)),),
        (button("open", press("mtmy", meeting_id)), button("ics", press("mtics", meeting_id))),
    )

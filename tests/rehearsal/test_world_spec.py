"""The world's methods against the machine-readable specification, where it lies beside the checkout."""

import pytest

from rehearsal.answering import FEATURES
from rehearsal.methods.registry import METHODS
from rehearsal.spec import Spec

PROMISED = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
    "deleteMessage",
    "answerCallbackQuery",
    "sendPhoto",
    "sendDocument",
    "sendMediaGroup",
    "sendLocation",
    "sendVoice",
    "copyMessage",
    "forwardMessage",
    "sendChatAction",
    "getFile",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "getChat",
    "getChatMember",
    "getChatMemberCount",
    "getChatAdministrators",
    "leaveChat",
    "pinChatMessage",
    "unpinChatMessage",
    "setMyDescription",
    "setMyShortDescription",
    "setChatMenuButton",
    "logOut",
    "close",
]


@pytest.fixture
def given(spec: Spec | None) -> Spec:
    if spec is None:
        pytest.skip("no ../shared/specs/telegram-bot-api.json beside the checkout and no TELEGRAM_SPEC")
    return spec


def test_the_promised_methods_are_there() -> None:
    assert FEATURES
    assert sorted(method.name for method in METHODS.values()) == sorted(PROMISED)


@pytest.mark.parametrize("name", PROMISED)
def test_parameters_and_required_flags_agree(given: Spec, name: str) -> None:
    model = METHODS[name.lower()].model
    accepted = {field: info.is_required() for field, info in model.model_fields.items()}
    assert accepted == {field: flag for field, flag in given.parameters(name).items() if field in accepted}


def test_the_judge_sees_what_is_wrong(given: Spec) -> None:
    chat = {"id": 1, "type": "private", "nickname": "x"}
    message = {"message_id": "1", "date": 1, "chat": chat}
    assert sorted(set(given.call("sendMessage", {"chat_id": 1, "colour": "red"}, message))) == [
        "sendMessage →(Message).chat(Chat).nickname is not in the specification",
        "sendMessage →(Message).message_id is not Integer: '1'",
        "sendMessage.colour is not in the specification",
        "sendMessage.text is missing",
    ]
    assert given.call("sendTelepathy", {}, True) == ["sendTelepathy: not in the specification"]

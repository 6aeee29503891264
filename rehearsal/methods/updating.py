"""How updates reach the bot: long polling, or a webhook it asks for."""

import asyncio
import time
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from aiogram.methods import DeleteWebhook, GetUpdates, GetWebhookInfo, SetWebhook

from rehearsal.accounts import BotAccount
from rehearsal.methods.registry import Call, method
from rehearsal.refusals import (
    OTHER_POLLER,
    POLLER_CUT_BY_WEBHOOK,
    WEBHOOK_ACTIVE,
    Json,
    bad_request,
    conflict,
)
from rehearsal.webhook import Webhook

LONGEST_POLL = 50
"""Seconds; the server waits no longer whatever is asked."""


@dataclass(eq=False)
class Poll:
    cut: str = ""


@method(GetUpdates)
async def get_updates(call: Call[GetUpdates]) -> list[Json]:
    """Wait in real time until there is something to give; a newer poll ends an older one with 409."""
    bot, asked = call.bot, call.asked
    if bot.webhook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    _allow(call)
    cut_poll(bot, OTHER_POLLER)
    bot.polled, poll = True, Poll()
    bot.poller = poll
    limit = min(max(asked.limit or 100, 1), 100)
    deadline = time.monotonic() + min(asked.timeout or 0, LONGEST_POLL)
    try:
        while True:
            updates = [] if poll.cut else bot.queue.read(asked.offset or 0, limit)
            if updates or time.monotonic() >= deadline:
                return updates
            await _woken(bot, deadline - time.monotonic())
            if poll.cut:
                raise conflict(poll.cut)
    finally:
        if bot.poller is poll:
            bot.poller = None


async def _woken(bot: BotAccount, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await bot.queue.bell.heard()
    except TimeoutError:
        return


def cut_poll(bot: BotAccount, reason: str) -> None:
    """End the poll that waits now, if any, with 409 and this reason."""
    if isinstance(bot.poller, Poll):
        bot.poller.cut = reason
        bot.queue.bell.ring()


def _allow(call: Call[Any]) -> None:
    allowed = call.asked.allowed_updates
    if allowed is not None:
        call.bot.allowed_updates = list(allowed)


@method(SetWebhook)
def set_webhook(call: Call[SetWebhook]) -> bool:
    """Deliver by HTTP from now on. Plain http and any port are let through on loopback only."""
    asked = call.asked
    if not asked.url:
        return _unset(call, drop=bool(asked.drop_pending_updates))
    secret = asked.secret_token or ""
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not all(sign.isascii() and (sign.isalnum() or sign in "_-") for sign in secret):
        raise bad_request("secret token contains unallowed characters")
    if urlsplit(asked.url).scheme != "https" and not on_loopback(asked.url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _allow(call)
    if asked.drop_pending_updates:
        call.bot.queue.clear()
    cut_poll(call.bot, POLLER_CUT_BY_WEBHOOK)
    call.bot.webhook = Webhook(asked.url, secret, min(max(asked.max_connections or 40, 1), 100))
    call.world.webhooks_changed.ring()
    return True


def on_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@method(DeleteWebhook)
def delete_webhook(call: Call[DeleteWebhook]) -> bool:
    return _unset(call, drop=bool(call.asked.drop_pending_updates))


def _unset(call: Call[Any], *, drop: bool) -> bool:
    if drop:
        call.bot.queue.clear()
    if call.bot.webhook is not None:
        call.bot.webhook = None
        call.bot.queue.bell.ring()
        call.world.webhooks_changed.ring()
    return True


@method(GetWebhookInfo)
def get_webhook_info(call: Call[GetWebhookInfo]) -> Json:
    hook = call.bot.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(call.bot.queue),
    }
    if hook is not None:
        info["max_connections"] = hook.max_connections
        if hook.last_error is not None:
            info["last_error_date"], info["last_error_message"] = hook.last_error
    if call.bot.allowed_updates:
        info["allowed_updates"] = call.bot.allowed_updates
    return info

"""Delivering updates to webhooks: in order within a chat, in parallel across chats, until the bot says 2xx."""

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, MultipartReader

from rehearsal.accounts import BotAccount
from rehearsal.answering import answer
from rehearsal.methods.updating import on_loopback
from rehearsal.reading import Received, parts
from rehearsal.refusals import RefusalError
from rehearsal.updates import Update
from rehearsal.webhook import Webhook

if TYPE_CHECKING:
    from rehearsal.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
PATIENCE = ClientTimeout(total=60)


class Deliverer:
    """Runs as long as the server does; one task for each bot that has a webhook."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._served: dict[int, Webhook] = {}

    async def run(self) -> None:
        async with ClientSession(timeout=PATIENCE) as session, asyncio.TaskGroup() as tasks:
            while True:
                for bot in self._world.bots.values():
                    hook = bot.webhook
                    if hook is not None and self._served.get(bot.id) is not hook:
                        self._served[bot.id] = hook
                        tasks.create_task(self._serve(bot, hook, session))
                await self._world.webhooks_changed.heard()

    async def _serve(self, bot: BotAccount, hook: Webhook, session: ClientSession) -> None:
        async with asyncio.TaskGroup() as tasks:
            while bot.webhook is hook:
                for update in bot.queue.pending():
                    if len(hook.busy_keys) >= hook.max_connections:
                        break
                    if update.key not in hook.busy_keys:
                        hook.busy_keys.add(update.key)
                        tasks.create_task(self._deliver(bot, hook, update, session))
                await bot.queue.bell.heard()

    async def _deliver(self, bot: BotAccount, hook: Webhook, update: Update, session: ClientSession) -> None:
        """Try until it is taken; the pauses grow to the last of ``world.webhook_backoff`` (real seconds)."""
        pauses = self._world.webhook_backoff
        attempt = 0
        while bot.webhook is hook and update in bot.queue.pending():
            error = await self._attempt(bot, hook, update, session)
            if error is None:
                bot.queue.confirm(update)
                break
            hook.last_error = (self._world.date(), error)
            await asyncio.sleep(pauses[min(attempt, len(pauses) - 1)])
            attempt += 1
        hook.busy_keys.discard(update.key)
        bot.queue.bell.ring()

    async def _attempt(self, bot: BotAccount, hook: Webhook, update: Update, session: ClientSession) -> str | None:
        """One delivery; None if it was taken, otherwise the reason as ``getWebhookInfo`` words it."""
        if not on_loopback(hook.url):
            return "the rehearsal delivers to loopback only"
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update.wire(), headers=headers) as response:
                if not 200 <= response.status < 300:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
                received = await _reply(response)
        except TimeoutError:
            return "Read timeout expired"
        except (ClientError, OSError) as error:
            return "Connection refused" if isinstance(error, OSError) else str(error)
        await self._obey(bot, received)
        return None

    async def _obey(self, bot: BotAccount, received: Received) -> None:
        """A method in the reply is carried out; its outcome is told to nobody, as with Telegram."""
        name = str(received.fields.pop("method", ""))
        if name:
            try:
                await answer(self._world, bot, name, received)
            except RefusalError as refusal:
                self._world.complaints.append(f"{name} in a webhook's reply was refused: {refusal.description}")


async def _reply(response: ClientResponse) -> Received:
    if response.content_type.startswith("multipart/"):
        return await parts(MultipartReader.from_response(response))
    body = await response.read()
    try:
        fields = json.loads(body) if body else {}
    except ValueError:
        fields = {}
    return Received(fields if isinstance(fields, dict) else {})

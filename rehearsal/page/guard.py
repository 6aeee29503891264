"""Only this machine's own browser, and only our own page in it, may talk to the rehearsal."""

from aiohttp import web
from aiohttp.typedefs import Handler

NAMES = ("127.0.0.1", "localhost")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' blob:; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@web.middleware
async def own_browser_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign ``Host`` (DNS rebinding) and a foreign ``Origin`` (another site's page in the same browser).

    It guards the stand-in's addresses too: the rehearsal's token is in the repository, so it keeps no secret.
    """
    hosts = _own_hosts(request)
    origin = request.headers.get("Origin")
    if request.headers.get("Host", "").lower() not in hosts:
        raise web.HTTPForbidden
    if origin is not None and origin.lower() not in {f"http://{host}" for host in hosts}:
        raise web.HTTPForbidden
    return await handler(request)


def _own_hosts(request: web.Request) -> set[str]:
    if request.transport is None:
        return set()
    port: int = request.transport.get_extra_info("sockname")[1]
    return {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """The page loads nothing from elsewhere and nobody frames it; an answer may be stricter than that."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)

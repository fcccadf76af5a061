"""The door of ``coach web``: this machine alone, this run's secret in the address, nothing loaded from elsewhere.

Everything lies under ``http://127.0.0.1:PORT/SECRET/``; any other path is not there, whatever it is. A request must
name this very host (a name that a web page lets point here is refused), a websocket must come from our own page, and
where the system tells whose program is at the other end, it must be this person's.

A browser is started with its address on a command line, which every user of the machine can read. So it is given a
ticket instead, good for one use within a minute by a program of this person, and led on to the address.
"""

import asyncio
import secrets
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from hmac import compare_digest
from html import escape
from importlib.resources import files
from string import Template

from aiohttp import WSCloseCode, web
from textual_serve.server import Server

from coach.places import Places
from coach.records import write_private
from coach.ui.opener import open_address, open_file
from coach.web.peer import is_stranger, owner_of
from coach.web.tab import END_S, TabProgram
from coach.words import Words

HOST = "127.0.0.1"
SECRET_BYTES = 32
TICKET_S = 60.0
"""How long a browser has to come with its ticket."""
LONELY_S = 60.0
"""How long to wait for a tab, or for one that is loaded again, before a server that nobody sees ends."""
FONT_SIZE = 18
LARGEST = 400
"""Cells of a tab at most, each way."""

SENTENCES = ("opens", "closed", "again", "no-script")
"""What our page says, by its place in ``page.html``."""
FILES = ("static/css/xterm.css", "static/js/textual.js", "static/fonts/RobotoMono-VariableFont_wght.ttf")
"""What our page loads of the library's."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' data:; connect-src {socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Even a fault of the library's could load nothing from elsewhere. Its terminal writes its own style elements."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ScreenServer(Server):
    """Serves the screen to tabs of this person's browsers, until it is told to end."""

    def __init__(self, arguments: Sequence[str], words: Words, port: int = 0, *, until_closed: bool = False) -> None:
        """Take the port, any free one for 0; OSError where it is taken. Each tab runs ``arguments``.

        ``until_closed``: end by itself some time after the last tab has gone.
        """
        self._listening = socket.create_server((HOST, port))
        super().__init__("coach", host=HOST, port=self._listening.getsockname()[1], title="Hizaura")
        self._arguments = arguments
        self._words = words
        self._secret = secrets.token_urlsafe(SECRET_BYTES)
        self._tickets: dict[str, float] = {}
        self._tabs: set[web.WebSocketResponse] = set()
        self._until_closed = until_closed
        self._ended = asyncio.Event()

    @property
    def address(self) -> str:
        """The address with the secret, to be given to this person alone."""
        return f"{self.public_url}/{self._secret}/"

    def open_browser(self, places: Places) -> bool:
        """Open this person's browser on the screen; False where no desktop can."""
        if sys.platform == "linux":
            ticket = secrets.token_urlsafe(SECRET_BYTES)
            self._tickets[ticket] = time.monotonic() + TICKET_S
            return open_address(f"{self.public_url}/open/{ticket}")
        # Nobody tells there whose program comes with a ticket; a file is read by its owner alone.
        path = places.cache / "hizaura.html"
        write_private(path, f'<meta http-equiv="refresh" content="0; url={self.address}">\n'.encode(), durable=False)
        return open_file(path)

    async def run(self, ready: Callable[[], None]) -> None:
        """Serve until Ctrl+C or another request to end; call ``ready`` when a browser may come."""
        if sys.platform != "win32":  # there Ctrl+C cancels this, which ends the tabs all the same
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self._ended.set)
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=2 * END_S)
        await runner.setup()
        try:
            await web.SockSite(runner, self._listening).start()
            ready()
            waiting = asyncio.create_task(self._wait_for_tabs()) if self._until_closed else None
            await self._ended.wait()
            if waiting:
                waiting.cancel()
        finally:
            await runner.cleanup()

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.add_routes([
            web.get("/open/{ticket}", self._take_ticket),
            web.get("/{secret}/", self.handle_index),
            web.get("/{secret}/ws", self.handle_websocket),
            web.get("/{secret}/{name:.+}", self._file),
        ])  # fmt: skip
        app.on_shutdown.append(self.on_shutdown)
        return app

    # -- who may come in ----------------------------------------------------------------------------------------

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let in who knows the secret, names this host, and is of this person; tell others nothing."""
        refused = self._refusal(request)
        if refused is not None:
            return refused
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    def _refusal(self, request: web.Request) -> web.Response | None:
        """Return the answer to who may not come in; None for who may."""
        origin = request.headers.get("Origin")
        # A name that points here is not this host (DNS rebinding); only pages have an origin, and only ours a socket.
        elsewhere = origin != self.public_url and (origin is not None or request.path.endswith("/ws"))
        names_other_host = request.headers.get("Host") != self.public_url.removeprefix("http://")
        if elsewhere or names_other_host or is_stranger(self._owner(request)):
            return web.Response(status=403)
        if "ticket" in request.match_info:
            return None
        secret = request.match_info.get("secret", "")
        return None if compare_digest(secret.encode(), self._secret.encode()) else web.Response(status=404)

    def _owner(self, request: web.Request) -> int | None:
        peer = request.transport.get_extra_info("peername") if request.transport else None
        return owner_of(peer, (HOST, self.port)) if peer else None

    async def _take_ticket(self, request: web.Request) -> web.StreamResponse:
        """Lead a browser of this person to the address, once."""
        asked = request.match_info["ticket"].encode()
        ticket = next((ticket for ticket in self._tickets if compare_digest(ticket.encode(), asked)), None)
        if ticket is None or self._tickets.pop(ticket) < time.monotonic() or self._owner(request) is None:
            return web.Response(status=403, text=self._words("web.no-ticket"))
        raise web.HTTPFound(self.address, headers=HEADERS)

    # -- what is served -----------------------------------------------------------------------------------------

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Return our page in place of the library's, which names a font of another host."""
        nonce = secrets.token_urlsafe(16)
        socket_address = f"ws{self.address.removeprefix('http')}ws"
        sentences = {name.replace("-", "_"): escape(self._words(f"web.page.{name}")) for name in SENTENCES}
        page = Template(files("coach.web").joinpath("page.html").read_text(encoding="utf-8")).substitute(
            sentences, language=self._words.language, nonce=nonce, socket=socket_address, font_size=FONT_SIZE
        )
        policy = POLICY.format(nonce=nonce, socket=socket_address)
        return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": policy})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """Return a file of the page; any other is not there."""
        name = request.match_info["name"]
        if name == "icon.svg":
            return web.Response(
                body=files("coach").joinpath("share/hizaura.svg").read_bytes(), content_type="image/svg+xml"
            )
        if name not in FILES:
            return web.Response(status=404)
        return web.FileResponse(self.statics_path / name.removeprefix("static/"))

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a program for a tab, as long as the tab is there."""
        tab = web.WebSocketResponse(heartbeat=15)
        await tab.prepare(request)
        program = TabProgram(
            self._arguments, write_bytes=tab.send_bytes, write_str=tab.send_str, close=tab.close,
            download_manager=self.download_manager,
        )  # fmt: skip
        self._tabs.add(tab)
        try:
            await program.start(_cells(request, "width", 80), _cells(request, "height", 24))
            await self._process_messages(tab, program)
        finally:
            self._tabs.discard(tab)
            await program.stop()
        return tab

    async def on_shutdown(self, app: web.Application) -> None:
        """Close every tab; each then ends its program."""
        for tab in tuple(self._tabs):
            await tab.close(code=WSCloseCode.GOING_AWAY)

    async def _wait_for_tabs(self) -> None:
        """End once no tab has been there for a while."""
        seen = time.monotonic()
        while time.monotonic() - seen < LONELY_S:
            await asyncio.sleep(1.0)
            if self._tabs:
                seen = time.monotonic()
        self._ended.set()


def _cells(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name, "")
    return min(int(text), LARGEST) if text.isascii() and text.isdigit() and len(text) < 6 else default

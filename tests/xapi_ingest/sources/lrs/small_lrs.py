"""A small LRS for the tests: GET Statements as xAPI part three, 2.1.3 has it, and misbehaviour.

It checks what a conformant LRS checks (version header, credentials, names of parameters) and keeps
every request. A test puts a ``fault`` in the way of a request to make it misbehave.
"""

import base64
import itertools
import json
import socket
import threading
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

USER, PASSWORD = "reader", "s3cret-pa55word"
CLIENT, SECRET = "tilth", "cl1ent-s3cret"
BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PARAMETERS = {
    "agent", "verb", "activity", "registration", "related_activities", "related_agents",
    "since", "until", "limit", "format", "attachments", "ascending",
}  # fmt: skip

Fault = Callable[[Request, int], Awaitable[Response | None]]


def iso(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def statement(number: int, stored: datetime, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://example.com/statements/{number}")),
        "actor": {"objectType": "Agent", "mbox": f"mailto:learner{number % 3}@example.com"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {"id": f"https://example.com/pages/{number % 5}"},
        "timestamp": iso(stored - timedelta(minutes=1)),
        "stored": iso(stored),
        "authority": {"objectType": "Agent", "mbox": "mailto:lrs@example.com"},
        "version": "1.0.3",
        **changes,
    }


@dataclass
class SmallLrs:
    """What it holds, how it behaves, and what it was asked."""

    now: datetime = BEGIN + timedelta(days=1)
    consistent_through: datetime | None = None  # None: now
    says_consistent: bool = True
    consistent_text: str | None = None
    most: int = 1000
    version: str = "1.0.3"
    token_uses: int | None = None  # requests that a token is good for
    token_seconds: int = 3600
    token_answer: Any = None
    fault: Fault | None = None
    statements: list[tuple[datetime, bytes]] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    tokens: dict[str, int] = field(default_factory=dict)
    links: dict[str, tuple[dict[str, str], int]] = field(default_factory=dict)
    port: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> str:
        return f"{self.origin}/xapi"

    @property
    def asked_pages(self) -> list[Request]:
        """Requests for statements without those that only look for the newest."""
        return [request for request in self.asked if request.query_params.get("limit") != "1"]

    def hold(self, count: int, *, begin: datetime = BEGIN, minutes: float = 1) -> None:
        """Store ``count`` more statements, ``minutes`` apart."""
        first = len(self.statements)
        for number in range(count):
            stored = begin + timedelta(minutes=minutes * number)
            self.add(stored, json.dumps(statement(first + number, stored)).encode())

    def add(self, stored: datetime, raw: bytes) -> None:
        self.statements.append((stored, raw))
        self.statements.sort(key=lambda pair: pair[0])

    async def answer(self, request: Request) -> Response:
        self.asked.append(request)
        if self.fault and (misdeed := await self.fault(request, len(self.asked_pages))):
            return misdeed
        if not request.headers.get("X-Experience-API-Version", "").startswith(self.version[:3]):
            return JSONResponse(
                {"error": "version of reader@example.com not supported"}, 400, self._headers()
            )
        if not self._is_known(request.headers.get("Authorization", "")):
            return JSONResponse({"error": "who are you?"}, 401, self._headers())
        return self._page(request)

    def _page(self, request: Request) -> Response:
        if link := request.path_params.get("link"):
            if link not in self.links:
                return JSONResponse({"error": "no such link"}, 404)
            parameters, offset = self.links[link]
        else:
            parameters, offset = dict(request.query_params), 0
        if not parameters.keys() <= PARAMETERS:
            return JSONResponse({"error": "unknown parameter"}, 400)
        found = self._found(parameters)
        size = min(int(parameters.get("limit", 0)) or self.most, self.most)
        more = ""
        if offset + size < len(found):
            link = uuid.uuid4().hex  # worded anew each time, as many LRSs do
            self.links[link] = (parameters, offset + size)
            more = f"/xapi/more/{link}"
        part = b",".join(found[offset : offset + size])
        body = b'{"statements":[' + part + b'],"more":' + json.dumps(more).encode() + b"}"
        return Response(body, 200, self._headers(), "application/json")

    def _found(self, parameters: dict[str, str]) -> list[bytes]:
        since = datetime.fromisoformat(parameters.get("since", "0001-01-01T00:00:00Z"))
        until = datetime.fromisoformat(parameters.get("until", "9999-01-01T00:00:00Z"))
        found = [raw for stored, raw in self.statements if since < stored <= until]
        for name, path in (("verb", "verb"), ("activity", "object")):
            if name in parameters:
                wanted = parameters[name]
                found = [raw for raw in found if json.loads(raw)[path]["id"] == wanted]
        if "agent" in parameters:
            mbox = json.loads(parameters["agent"])["mbox"]
            found = [raw for raw in found if json.loads(raw)["actor"]["mbox"] == mbox]
        return found if parameters.get("ascending") == "true" else found[::-1]

    def _headers(self) -> dict[str, str]:
        headers = {
            "X-Experience-API-Version": self.version,
            "Date": format_datetime(self.now, usegmt=True),
        }
        if self.says_consistent:
            through = self.consistent_through or self.now
            headers["X-Experience-API-Consistent-Through"] = self.consistent_text or iso(through)
        return headers

    def _is_known(self, authorization: str) -> bool:
        kind, _, value = authorization.partition(" ")
        if kind == "Basic":
            return base64.b64decode(value).decode() == f"{USER}:{PASSWORD}"
        if kind == "Bearer" and self.tokens.get(value, 0) > 0:
            self.tokens[value] -= 1
            return True
        return False

    async def issue_token(self, request: Request) -> Response:
        form = await request.form()
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("Authorization") != expected:
            return JSONResponse({"error": "invalid_client", "error_description": SECRET}, 401)
        if form.get("grant_type") != "client_credentials":
            return JSONResponse({"error": "unsupported_grant_type"}, 400)
        token = f"token-{len(self.tokens)}"
        self.tokens[token] = self.token_uses or 1_000_000
        body = {
            "access_token": token, "token_type": "Bearer", "expires_in": self.token_seconds
        }  # fmt: skip
        return JSONResponse(self.token_answer or body)


def faults(*answers: Response | None) -> Fault:
    """Misbehave as given, request by request, then behave (None: behave)."""
    queue = itertools.chain(answers, itertools.repeat(None))

    async def fault(request: Request, number: int) -> Response | None:
        return next(queue)

    return fault


class Server:
    """The LRS on a free port of this machine, in a thread."""

    def __init__(self) -> None:
        self.lrs = SmallLrs()
        routes = [
            Route("/xapi/statements", self._answer),
            Route("/xapi/more/{link}", self._answer),
            Route("/token", self._issue_token, methods=["POST"]),
        ]
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._server = uvicorn.Server(
            uvicorn.Config(
                Starlette(routes=routes), log_level="critical", date_header=False, lifespan="off"
            )
        )
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))

    async def _answer(self, request: Request) -> Response:
        return await self.lrs.answer(request)

    async def _issue_token(self, request: Request) -> Response:
        return await self.lrs.issue_token(request)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = self._server.force_exit = True
        self._thread.join()
        self._socket.close()

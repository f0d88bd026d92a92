"""What is said about an LRS in ``tilth.toml``: where it is, who asks, what for and how gently.

Secrets are not said there: the table names the environment variables that hold them.
"""

import hashlib
from datetime import datetime
from typing import Any, Final, Literal, Self
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from xapi_ingest.sources.address import checked_address, is_private
from xapi_ingest.sources.lrs.clock import in_utc

_IFIS: Final = {"mbox", "mbox_sha1sum", "openid", "account"}
_VARIABLES: Final = {
    "basic": ("user_env", "password_env"),
    "oauth2": ("client_id_env", "secret_env", "token_url"),
}
# A misplaced secret must not come back in the message that complains about it.
_STRICT: Final = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Filters(BaseModel):
    """Which statements are asked for; the LRS applies these (part three, 2.1.3)."""

    model_config = _STRICT

    verb: str | None = Field(None, description="Verb IRI.")
    activity: str | None = Field(None, description="Activity IRI.")
    agent: dict[str, Any] | None = Field(None, description="Agent or identified group.")
    registration: UUID | None = Field(None, description="Registration of the context.")
    related_activities: bool = Field(
        default=False, description="Apply `activity` to context and SubStatements too."
    )
    related_agents: bool = Field(
        default=False,
        description="Apply `agent` to authority, instructor, team and SubStatements too.",
    )

    @field_validator("agent")
    @classmethod
    def _identifies_one(cls, agent: dict[str, Any] | None) -> dict[str, Any] | None:
        if agent is not None and len(_IFIS & agent.keys()) != 1:
            raise ValueError(f"needs exactly one of {', '.join(sorted(_IFIS))}")
        return agent

    @model_validator(mode="after")
    def _relates_something(self) -> Self:
        if self.related_activities and self.activity is None:
            raise ValueError("related_activities means nothing without activity")
        if self.related_agents and self.agent is None:
            raise ValueError("related_agents means nothing without agent")
        return self

    def parameters(self) -> dict[str, str]:
        """The filters as parameters of the request."""
        given = self.model_dump(mode="json", exclude_defaults=True)
        return {name: _parameter(value) for name, value in sorted(given.items())}


class LrsSource(BaseModel):
    """One LRS to pull from: the table ``[sources.<name>]`` with ``kind = "lrs"``."""

    model_config = _STRICT

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$", description="Source name of what it gives."
    )
    kind: Literal["lrs"] = "lrs"
    endpoint: str = Field(description="Base address of the xAPI; `statements` is appended.")
    version: str = Field(
        "1.0.3",
        pattern=r"^(1\.0\.[0-9]+|2\.0\.[0-9]+)$",
        description="X-Experience-API-Version of the requests.",
    )
    auth: Literal["basic", "oauth2"] = Field("basic", description="How the requests are signed.")
    user_env: str | None = Field(None, description="Variable that holds the user (basic).")
    password_env: str | None = Field(None, description="Variable that holds the password (basic).")
    client_id_env: str | None = Field(None, description="Variable with the client id (oauth2).")
    secret_env: str | None = Field(None, description="Variable with the client secret (oauth2).")
    token_url: str | None = Field(None, description="Where tokens are issued (oauth2).")
    token_auth: Literal["client_secret_basic", "client_secret_post"] = Field(
        "client_secret_basic", description="How the client shows itself to token_url (oauth2)."
    )
    scope: str | None = Field(None, description="Scope of the token (oauth2).")
    filters: Filters = Field(default_factory=Filters)
    start: datetime | None = Field(
        None, description="The first pull begins here; without it, with the oldest statement."
    )
    lag_seconds: float = Field(
        3600, ge=0, description="How far a pull reaches back behind the one before."
    )
    page_limit: int = Field(
        500, ge=0, description="Most statements a page; 0: as many as the LRS likes."
    )
    page_bytes: int = Field(
        64 * 1024 * 1024, gt=1024, description="A page longer than this is refused."
    )
    requests_per_second: float = Field(4, gt=0, description="Most requests a second.")
    window_hours: float = Field(24, gt=0, description="Length of the windows of a pull.")
    timeout_seconds: float = Field(60, gt=0, description="Longest silence of the LRS.")
    allow_plain_http: bool = Field(
        default=False, description="Send credentials over http:// to another machine."
    )

    @field_validator("endpoint")
    @classmethod
    def _ends_with_slash(cls, endpoint: str) -> str:
        return endpoint.rstrip("/") + "/"

    @field_validator("endpoint", "token_url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        return url and checked_address(url)

    @field_validator("start")
    @classmethod
    def _in_utc(cls, start: datetime | None) -> datetime | None:
        return None if start is None else in_utc(start)

    @model_validator(mode="after")
    def _can_sign(self) -> Self:
        missing = [name for name in _VARIABLES[self.auth] if not getattr(self, name)]
        if missing:
            raise ValueError(f'auth = "{self.auth}" needs {" and ".join(missing)}')
        for url in (self.endpoint, self.token_url):
            if url and not self.allow_plain_http and not is_private(url):
                raise ValueError(
                    f"{url} would carry credentials in the clear; use https://, or set "
                    "allow_plain_http = true"
                )
        return self

    @property
    def statements_url(self) -> str:
        """The Statement Resource."""
        return self.endpoint + "statements"

    @property
    def request_scope(self) -> str:
        """Hash of what is asked of whom. A cursor holds for one scope: a wider one starts anew."""
        asked = [self.endpoint, self.filters.parameters()]
        return hashlib.blake2b(orjson.dumps(asked), digest_size=8).hexdigest()


def _parameter(value: object) -> str:
    if isinstance(value, str):
        return value
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()

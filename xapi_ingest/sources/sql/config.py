"""What is said about a database in ``tilth.toml``: what to read of it, and what it becomes.

The address is not said there, since it holds a password: the table names the environment variable
that holds it.
"""

import hashlib
import re
from typing import Final, Literal, Self
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_STRICT: Final = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
_READS: Final = re.compile(r"\s*(select|with)\b", re.IGNORECASE)


class SqlTable(BaseModel):
    """One query of a database, and what its rows become."""

    model_config = _STRICT

    table: str | None = Field(None, description="Table or view to read, `schema.name` or `name`.")
    query: str | None = Field(
        None, description="Or a query; its columns are named as the target's."
    )
    into: str | None = Field(None, description="Reference table that the rows belong to.")
    mapping: str | None = Field(
        None, description="Or a mapping, by name or file, that makes statements of the rows."
    )
    watermark: str | None = Field(
        None, description="Column that grows: only rows from its last value on are read again."
    )
    lag_seconds: float = Field(
        3600, ge=0, description="How far a watermark of time reaches back behind the last pull."
    )
    lag_number: int = Field(0, ge=0, description="The same for a watermark of numbers.")

    @field_validator("query")
    @classmethod
    def _reads(cls, query: str | None) -> str | None:
        if query is not None and not _READS.match(query):
            raise ValueError("has to begin with select or with: Tilth only reads")
        return query.strip().rstrip(";") if query else query

    @model_validator(mode="after")
    def _says_what_and_where(self) -> Self:
        if (self.table is None) == (self.query is None):
            raise ValueError("needs either table or query")
        if (self.into is None) == (self.mapping is None):
            raise ValueError("needs either into or mapping")
        return self

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.into or self.table or "query"


class SqlSource(BaseModel):
    """One database to read: the table ``[sources.<name>]`` with ``kind = "sql"``."""

    model_config = _STRICT

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$", description="Source name of what it gives."
    )
    kind: Literal["sql"] = "sql"
    url_env: str = Field(description="Variable that holds the SQLAlchemy URL.")
    time_zone: str = Field("UTC", description="Zone of timestamps that the database keeps without.")
    fetch_rows: int = Field(5_000, gt=0, description="Rows fetched at a time.")
    timeout_seconds: float = Field(600, gt=0, description="Longest time of one statement.")
    attempts: int = Field(4, ge=1, description="Attempts when the connection is lost.")
    tables: tuple[SqlTable, ...] = Field(min_length=1, description="What to read of it.")

    @field_validator("time_zone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError("is no IANA name such as Europe/Berlin")
        return name

    def scope_of(self, table: SqlTable) -> str:
        """Hash of what is asked. A watermark holds for one scope: another question begins anew."""
        asked = "\n".join(
            str(part)
            for part in (self.url_env, table.table, table.query, table.watermark, self.time_zone)
        )
        return hashlib.blake2b(asked.encode(), digest_size=8).hexdigest()

"""What a database says when it refuses, in words that repeat no row and no password."""

import sqlite3
from typing import Any, Final

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from xapi_ingest.errors import InputError

# Classes of SQLSTATE whose messages are about the connection, the rights or the query, and never
# about values: connection, authorisation, catalogue, syntax or access, operator intervention.
_ABOUT_THE_QUERY: Final = ("08", "25", "28", "3D", "3F", "42", "53", "57")
_LOST: Final = ("08", "57P01", "57P02", "57P03", "53300")
_CANCELLED: Final = "57014"


def is_lost(error: BaseException) -> bool:
    """Whether the connection could not be made or broke, so that another attempt may succeed."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = _state(error)
    if state:
        return state.startswith(_LOST)
    return type(error.orig).__name__ == "OperationalError" and not isinstance(
        error.orig, sqlite3.Error
    )


def read_error(name: str, table: str, error: DBAPIError, url: URL) -> InputError:
    """The error for a query of source ``name`` that failed."""
    state = _state(error)
    if state == _CANCELLED or str(error.orig) == "interrupted":
        return InputError(
            f"{name}, {table}: the database did not answer within the time allowed; nothing of it "
            "has landed.",
            remedy="Raise timeout_seconds in tilth.toml, read less, or add an index.",
        )
    said = f" ({state})" if state else ""
    if _is_about_the_query(error, state):
        said += f": {_first_line(error.orig, url)}"
    return InputError(
        f"{name}, {table}: the database refused with {type(error.orig).__name__}{said}; nothing "
        "of it has landed.",
        remedy="Check address, rights and query; `tilth pull` goes on from there.",
    )


def _is_about_the_query(error: DBAPIError, state: str) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return isinstance(error.orig, sqlite3.OperationalError)
    return state.startswith(_ABOUT_THE_QUERY) if state else is_lost(error)


def _first_line(error: Any, url: URL) -> str:
    text = str(error).strip().splitlines()
    line = text[0] if text else ""
    return line.replace(str(url.password), "***") if url.password else line


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")

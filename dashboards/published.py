"""The published file: the only place that opens DuckDB, and the only cache.

The pointer ``current`` names a build folder. A build never changes once it is named, so what
was read is kept by build, query and parameters; a new build is seen at the next question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import streamlit as st

from dashboards.strings.catalogue import text
from xapi_ingest.errors import PublishedError
from xapi_ingest.settings import load_settings

FORMAT_VERSION = 2
FILE_NAME = "tilth.duckdb"
# No other file, no extension, no attached database, and no way to unset that.
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "lock_configuration": "true",
}

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Build:
    """A published build that this version can read."""

    build_id: str
    path: Path


def current_build() -> Build:
    """The build that the pointer names now.

    Raises:
        PublishedError: Nothing is published, or not in a format that this version reads.
    """
    folder = load_settings().published
    pointer = folder / "current"
    try:
        name = (
            pointer.resolve().name if pointer.is_symlink() else pointer.read_text("utf-8").strip()
        )
    except (OSError, UnicodeDecodeError) as error:
        raise PublishedError(
            text("published.none"), remedy=text("published.none.remedy")
        ) from error
    path = folder / Path(name).name / FILE_NAME
    if not name or not path.is_file():
        raise PublishedError(text("published.lost"), remedy=text("published.rebuild"))
    build = Build(build_id=name, path=path)
    _check_format(build)
    return build


def query(sql: str, **parameters: Value) -> pl.DataFrame:
    """The answer of the current build.

    Args:
        sql: One select statement; ``$name`` stands for a parameter.
        parameters: Values of the parameters.

    Raises:
        PublishedError: The build cannot be read, with one sentence that says what to do.
    """
    key = tuple(sorted(parameters.items()))
    build = current_build()
    try:
        return _rows(str(build.path), sql, key)
    except FileNotFoundError:  # the build was swapped and cleared away between two reads
        return _rows(str(current_build().path), sql, key)


@st.cache_data(max_entries=16, show_spinner=False)
def _format_of(path: str) -> int:
    rows = _read(path, "select format_version from ops.build limit 1", {})
    return int(rows.item()) if rows.height else 0


@st.cache_data(max_entries=512, show_spinner=False)
def _rows(path: str, sql: str, parameters: tuple[tuple[str, Value], ...]) -> pl.DataFrame:
    return _read(path, sql, dict(parameters))


def _check_format(build: Build) -> None:
    version = _format_of(str(build.path))
    if version > FORMAT_VERSION:
        raise PublishedError(
            text("published.newer", found=version, known=FORMAT_VERSION),
            remedy=text("published.newer.remedy"),
        )
    if version < FORMAT_VERSION:
        raise PublishedError(
            text("published.older", found=version, known=FORMAT_VERSION),
            remedy=text("published.rebuild"),
        )


def _read(path: str, sql: str, parameters: Mapping[str, Value]) -> pl.DataFrame:
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    try:
        with duckdb.connect(path, read_only=True, config=LOCKED) as connection:
            frame: pl.DataFrame = connection.sql(sql, params=dict(parameters)).pl()
            return frame
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise PublishedError(text("published.shape"), remedy=text("published.rebuild")) from error
    except (duckdb.IOException, duckdb.SerializationException) as error:
        raise PublishedError(text("published.damaged"), remedy=text("published.rebuild")) from error

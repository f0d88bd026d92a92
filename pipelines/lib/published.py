"""Reading the published build: which one is current, and a connection that can do no harm."""

from datetime import datetime
from pathlib import Path

import duckdb
import msgspec

from xapi_ingest.errors import PublishedError
from xapi_ingest.settings import Settings

FILE_NAME = "tilth.duckdb"
POINTER_NAME = "current"
FORMAT_VERSION = 2
"""Of the published file. A reader that finds another says so rather than guess."""

BUILD_SQL = """
select build_id, built_at, as_of, code_version, tilth_version, format_version
from ops.build
"""

READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
}


class Build(msgspec.Struct, kw_only=True):
    """The row of ``ops.build``. Instants are UTC without a zone."""

    build_id: str
    built_at: datetime
    as_of: datetime
    code_version: str
    tilth_version: str
    format_version: int


def current_file(settings: Settings) -> Path:
    """The published file that the pointer names.

    Raises:
        PublishedError: Nothing has been published, or the pointer leads nowhere.
    """
    pointer = settings.published / POINTER_NAME
    if not pointer.exists():
        raise PublishedError(
            f"Nothing has been published in {settings.published} yet.",
            remedy="`tilth run` publishes what has been ingested.",
        )
    path = settings.published / pointer.read_text(encoding="utf-8").strip() / FILE_NAME
    if not path.exists():
        raise PublishedError(f"{path} is missing.", remedy="`tilth run` publishes it again.")
    return path


def open_published(settings: Settings) -> duckdb.DuckDBPyConnection:
    """The current build, to be read and nothing else: no files, no extensions, no settings.

    Raises:
        PublishedError: There is none, or it cannot be opened.
    """
    path = current_file(settings)
    try:
        return duckdb.connect(str(path), read_only=True, config=READ_ONLY)
    except duckdb.Error as error:
        raise PublishedError(
            f"{path} cannot be opened: {error}", remedy="`tilth run` publishes it again."
        ) from error


def current_build(settings: Settings) -> Build:
    """What the current build says about itself.

    Raises:
        PublishedError: There is none, or it is not one of ours.
    """
    with open_published(settings) as connection:
        try:
            row = connection.execute(BUILD_SQL).fetchone()
        except duckdb.Error as error:
            raise PublishedError(
                f"{current_file(settings)} has no ops.build: it is not of this version.",
                remedy="`tilth run` publishes it again.",
            ) from error
    if row is None:
        raise PublishedError("ops.build is empty.", remedy="`tilth run` publishes it again.")
    return Build(**dict(zip(Build.__struct_fields__, row, strict=True)))


def seen_batches(settings: Settings) -> set[str]:
    """Ids of the batches that a published night has taken along; none if nothing is published."""
    try:
        with open_published(settings) as connection:
            return {
                row[0] for row in connection.execute("select batch_id from ops.batches").fetchall()
            }
    except (PublishedError, duckdb.CatalogException, duckdb.BinderException):
        return set()  # then every batch is checked: slower, never wrong

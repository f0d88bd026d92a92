"""The kinds of sources that can be configured, and those that are.

A new kind is one module with a model of its table, and one line here.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from xapi_ingest.errors import SettingsError
from xapi_ingest.sources.lrs.config import LrsSource
from xapi_ingest.sources.s3.config import BucketSource
from xapi_ingest.sources.sql.config import SqlSource

Source = LrsSource | SqlSource | BucketSource
KINDS: Final[dict[str, type[Source]]] = {"lrs": LrsSource, "sql": SqlSource, "s3": BucketSource}
_HOWTOS: Final = {"lrs": "pull-from-an-lrs.md", "sql": "sql-tables.md", "s3": "object-storage.md"}


def configured_sources(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Source]:
    """The sources of the ``[sources.<name>]`` tables, by name.

    Raises:
        SettingsError: A table cannot be used; names the table, the field and what is wrong. Values
            are not repeated: one of them may be a secret in the wrong place.
    """
    return {name: _source_from(name, table) for name, table in sorted(tables.items())}


def _source_from(name: str, table: Mapping[str, Any]) -> Source:
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise SettingsError(
            f"[sources.{name}] needs a kind that Tilth knows.",
            remedy=f"Kinds: {', '.join(sorted(KINDS))}.",
        )
    try:
        return KINDS[kind].model_validate({**table, "name": name})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        message = first["msg"].removeprefix("Value error, ")
        raise SettingsError(
            f"[sources.{name}]{f' {place}' if place else ''}: {message}.",
            remedy=f"docs/howto/{_HOWTOS[kind]} lists every field.",
        ) from None

"""JSON members assembled by columns: one template for all rows, no dictionary for each."""

from collections.abc import Mapping, Sequence
from typing import Final

from xapi_ingest.simulator.moments import Bools, Floats, Ints

Columns = Mapping[str, list[str] | str]

WITHHELD: Final = '"Text withheld by the export."'


def objects(columns: Columns) -> list[str]:
    """JSON objects: a list gives each row its value, a text stands in all of them."""
    lists = [value for value in columns.values() if isinstance(value, list)]
    template = ",".join(
        f'"{name}":%s' if isinstance(value, list) else f'"{name}":{value}'.replace("%", "%%")
        for name, value in columns.items()
    )
    whole = "{" + template + "}"
    return [whole % row for row in zip(*lists, strict=True)]


def results(columns: Columns) -> list[str]:
    """The ``result`` members of statements."""
    return [f',"result":{text}' for text in objects(columns)]


def contexts(columns: Columns) -> list[str]:
    """The ``context`` members of statements."""
    return [f',"context":{text}' for text in objects(columns)]


def inside(texts: Sequence[str]) -> list[str]:
    """``contextActivities`` whose one parent is each of ``texts``."""
    return objects({"parent": [f"[{text}]" for text in texts]})


def quoted(texts: Sequence[str]) -> list[str]:
    """Texts as JSON strings; ours need no escapes."""
    return [f'"{text}"' for text in texts]


def flags(values: Bools) -> list[str]:
    """Truth values as JSON."""
    return ["true" if value else "false" for value in values.tolist()]


def scaled(values: Floats) -> list[str]:
    """Score objects with two decimals."""
    return [f'{{"scaled":{value:.2f}}}' for value in values.tolist()]


def lasting(seconds: Ints) -> list[str]:
    """ISO 8601 durations of whole seconds, as JSON strings."""
    return [f'"PT{value // 60}M{value % 60}S"' for value in seconds.tolist()]


def references(ids: Sequence[str]) -> list[str]:
    """Statement references."""
    return [f'{{"objectType":"StatementRef","id":"{text}"}}' for text in ids]

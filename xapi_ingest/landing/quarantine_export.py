"""Items of the quarantine out of it: the bytes as received, and a file that says what is wrong.

What is corrected there is ingested like any export; the items themselves stay until they are
discarded.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from xapi_ingest.errors import InputError
from xapi_ingest.landing.files import replacing
from xapi_ingest.landing.quarantine import OPEN, Chosen, Item, items_of, rejected_batches
from xapi_ingest.settings import Settings

LINES_NAME: Final = "statements.ndjson"
PROBLEMS_NAME: Final = "problems.ndjson"


@dataclass(slots=True)
class ExportReport:
    """What was written.

    Attributes:
        line_count: Items in the file of lines.
        file_count: Items in a file each: what a line could not hold unchanged.
    """

    folder: Path
    line_count: int = 0
    file_count: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "folder": str(self.folder),
            "line_count": self.line_count,
            "file_count": self.file_count,
        }


def export(chosen: Chosen, folder: Path, *, settings: Settings) -> ExportReport:
    """Write the open items of ``chosen`` to a new folder.

    ``statements.ndjson`` holds one item a line, as received; what holds a line break, or is empty
    or too long for a row, stands in a file of its own under ``items/``. Line n of
    ``problems.ndjson`` says of the n-th item where it is, what it was, and every problem.

    Raises:
        InputError: The folder holds something, or there is no such batch.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} holds something.", remedy="Name a folder that is not there.")
    report = ExportReport(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            replacing(folder / LINES_NAME) as lines_path,
            replacing(folder / PROBLEMS_NAME) as problems_path,
            lines_path.open("wb") as lines,
            problems_path.open("wb") as problems,
        ):
            for item in open_items(chosen, settings):
                content = item.content(settings.landing)
                if (
                    not content.strip()
                    or b"\n" in content
                    or b"\r" in content
                    or item.overflow_name
                ):
                    report.file_count += 1
                    place = f"items/{item.batch.batch_id}-{item.position}"
                    (folder / "items").mkdir(exist_ok=True)
                    (folder / place).write_bytes(content)
                else:
                    report.line_count += 1
                    place = f"{LINES_NAME}:{report.line_count}"
                    lines.write(content + b"\n")
                problems.write(json.dumps(described(item) | {"place": place}).encode() + b"\n")
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written: {error.strerror or error}.",
            remedy="Name a folder that this user may write.",
        ) from error
    return report


def open_items(
    chosen: Chosen, settings: Settings, *, states: frozenset[str] | None = frozenset({OPEN})
) -> Iterator[Item]:
    """The chosen items with their content, oldest batch first."""
    for batch in rejected_batches(settings.landing, chosen):
        yield from items_of(batch, chosen, states=states, has_content=True)


def described(item: Item) -> dict[str, Any]:
    """Where an item is and what is wrong with it, as plain values. Problems may quote it."""
    return {
        "source_name": item.batch.source_name,
        "batch_id": item.batch.batch_id,
        "position": item.position,
        "input_name": item.input_name,
        "loaded_at": f"{item.batch.loaded_at.isoformat()}Z",
        "state": item.state,
        "received_size": item.received_size,
        "problems": msgspec.to_builtins(item.problems),
        "row": json.loads(item.row_json) if item.row_json is not None else None,
    }

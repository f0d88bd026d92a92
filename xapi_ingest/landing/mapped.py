"""One mapped table into the landing: its rows become statements, and a row that cannot is kept.

The items of such a batch are its statements and the rows that could not be mapped, numbered in the
order of the file; the row of the file stands in the reason.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from xapi_ingest.archives.guard import Guard, UnpackLimits
from xapi_ingest.archives.zipped import ARCHIVE_ENDING
from xapi_ingest.errors import InputError
from xapi_ingest.landing.batches import Batch
from xapi_ingest.landing.intake import Intake
from xapi_ingest.landing.report import FileReport
from xapi_ingest.landing.statements import land_items
from xapi_ingest.mapping.load import Mapping
from xapi_ingest.mapping.problems import RowProblem
from xapi_ingest.mapping.readers import ARCHIVE_READERS
from xapi_ingest.mapping.rows.kept import kept_row
from xapi_ingest.mapping.run import map_file
from xapi_ingest.settings import Settings
from xapi_ingest.sources.items import Item, MadeOf, Refused, Rows, Run
from xapi_ingest.sources.stream import open_hash, read_blocks
from xapi_ingest.statement.problems import Problem

MAPPING_NAME: Final = "mapping.yaml"
"""In a first-level folder of the inbox, the mapping of the tables in that folder."""

_ENDINGS: Final = {
    "bookmarks": frozenset({".html", ".htm"}),
    "calendar": frozenset({".ics"}),
    "caliper": frozenset({".json", ".ndjson", ".jsonl"}),
    "csv": frozenset({".csv", ".tsv", ".txt"}),
    "excel": frozenset({".xlsx"}),
    "gitlab": frozenset({".tar", ".tgz"}),
    "json": frozenset({".json"}),
    "mediawiki": frozenset({".xml"}),
    "ndjson": frozenset({".ndjson", ".jsonl", ".log"}),
    "parquet": frozenset({".parquet"}),
    "xml": frozenset({".xml"}),
}
# What says what a mapping is, rather than what it makes of a row.
_SAID_ABOUT_IT: Final = {"title", "checked_against", "source"}
_RUN_BYTES: Final = 1024 * 1024


def endings_of(mapping: Mapping) -> frozenset[str]:
    """Endings of the files that ``mapping`` reads in a folder, compression apart.

    ``.zip`` is one of a mapping that takes an archive whole.
    """
    kind = mapping.model.input.format
    return frozenset({ARCHIVE_ENDING}) if kind in ARCHIVE_READERS else _ENDINGS[kind]


def mapping_mark(mapping: Mapping) -> tuple[str, str]:
    """Name of ``mapping``, and a text that is another for other content of it or its base."""
    hashed = open_hash()
    hashed.update(_content_of(mapping))
    return mapping.name, hashed.hexdigest()


def _content_of(mapping: Mapping) -> bytes:
    content = mapping.model.model_dump(mode="json", exclude=_SAID_ABOUT_IT)
    return json.dumps(content, sort_keys=True).encode()


def digest_of(mapping: Mapping, digest: bytes) -> bytes:
    """What names the outcome: the mapping's content, that of its base included, and the file's."""
    hashed = open_hash()
    hashed.update(_content_of(mapping))
    hashed.update(b"\n")
    hashed.update(digest)
    named: bytes = hashed.digest()
    return named


def land_mapped(
    mapping: Mapping, batch: Batch, *, settings: Settings, intake: Intake, report: FileReport
) -> None:
    """Land what ``mapping`` makes of the file of ``intake``, or nothing.

    Raises:
        InputError: The file is not what the mapping reads, or changed while it was read.
    """

    def check() -> None:
        # Readers of tables go to and fro in a file, so it is hashed anew after them.
        for _ in read_blocks(intake.path, on_bytes=intake.parsed):
            pass
        intake.check_unchanged()

    try:
        batch = replace(batch, mapping=mapping_mark(mapping))
        guard = intake.guard or Guard(UnpackLimits.of(settings), intake.size)
        items = _items(mapping, intake, guard, report)
        land_items(items, batch, settings=settings, report=report, check=check)
    except InputError as error:
        message = error.message.removeprefix(batch.input_name).removeprefix(":").lstrip()
        raise type(error)(message, remedy=error.remedy) from error


def _items(mapping: Mapping, intake: Intake, guard: Guard, report: FileReport) -> Iterator[Item]:
    first, size = 1, 0
    run: list[bytes] = []
    rows = Rows()
    for row in map_file(mapping, intake.path, name=intake.name, guard=guard):
        if row.skipped_because is not None:
            reason = row.skipped_because
            report.left_out[reason] = report.left_out.get(reason, 0) + 1
        run += row.statements
        rows += [MadeOf(row.position, partial(kept_row, mapping.name, row.row))] * len(
            row.statements
        )
        size += sum(map(len, row.statements))
        if row.problems or size >= _RUN_BYTES:
            yield Run(first, run, rows=rows)
            first, size, run, rows = first + len(run), 0, [], Rows()
        if row.problems:
            problems = [_with_place(one) for one in row.problems]
            yield Refused(first, row.raw, problems, kept_row(mapping.name, row.row))
            first += 1
    yield Run(first, run, rows=rows)


def _with_place(problem: RowProblem) -> Problem:
    """The objection with the row, the line and the column as its place."""
    line = f"line {problem.line}" if problem.line is not None else ""
    steps = (f"row {problem.position}", line, problem.column)
    return Problem(
        problem.pointer,
        problem.rule_id,
        problem.clause,
        problem.message,
        problem.remedy,
        ", ".join(filter(None, steps)),
    )

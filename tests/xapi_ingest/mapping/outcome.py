"""What a shipped mapping makes of its sample. ``python -m tests.xapi_ingest.mapping.outcome``
writes the golden files anew; look at every difference before it is committed.

An archive lies unpacked as a folder of its name, so that it can be read and reviewed.
"""

import json
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import orjson

from xapi_ingest.mapping.load import Mapping, find_mapping
from xapi_ingest.mapping.run import map_file

SAMPLES = Path(__file__).with_name("samples")


def sample_of(folder: Path) -> Path:
    """The one file beside the golden file, packed if it is an archive."""
    (sample,) = (path for path in folder.iterdir() if path.name != "expected.json")
    return packed(sample) if sample.is_dir() else sample


@cache
def packed(folder: Path) -> Path:
    """The archive whose members lie in ``folder``."""
    archive = Path(tempfile.mkdtemp()) / folder.name
    members = sorted(path for path in folder.rglob("*") if path.is_file())
    if archive.suffix == ".zip":
        with ZipFile(archive, "w", ZIP_DEFLATED) as parts:
            for member in members:
                parts.write(member, member.relative_to(folder).as_posix())
    else:
        with tarfile.open(archive, "w:gz") as tar:
            for member in members:
                tar.add(member, member.relative_to(folder).as_posix())
    return archive


def outcome(mapping: Mapping, sample: Path) -> dict[str, Any]:
    """Statements with their rows, problems without prose, rows left out by reason."""
    found: dict[str, Any] = {"statements": [], "problems": [], "skipped": {}}
    for row in map_file(mapping, sample):
        for raw in row.statements:
            found["statements"].append({"row": row.position, "statement": orjson.loads(raw)})
        for problem in row.problems:
            found["problems"].append(
                {
                    "row": problem.position,
                    "line": problem.line,
                    "column": problem.column,
                    "rule": problem.rule_id,
                    "message": problem.message,
                }
            )
        if row.skipped_because:
            reason = row.skipped_because
            found["skipped"][reason] = found["skipped"].get(reason, 0) + 1
    return found


def write_golden_files() -> None:
    for folder in sorted(SAMPLES.iterdir()):
        text = json.dumps(outcome(find_mapping(folder.name), sample_of(folder)), indent=1)
        (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_golden_files()

"""Ingest of NDJSON: statements a second and peak memory, beside DuckDB without validation.

The baseline reads the same file and writes the same typed columns and the raw JSON to Parquet, with
the same compression at the same level; it checks nothing, hashes nothing and keeps no rejected
rows. A second baseline decodes the lines to dictionaries on one core, and does nothing with them.
All take turns, so that what else the machine does strikes each alike.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.figure import Figure
from benchmarks.statements import statements_file

STATEMENTS = 1_000_000
ROUNDS = 3
WARM_UP = 1_000

INGEST = """
import resource, sys, time
from pathlib import Path
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings
if __name__ == "__main__":
    began = time.perf_counter()
    report = ingest_paths([Path(sys.argv[1])], settings=load_settings(home=Path(sys.argv[2])))
    seconds = time.perf_counter() - began
    assert report.exit_code == 0, report.problems
    own = resource.getrusage(resource.RUSAGE_SELF)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)  # the largest worker; there are two
    cpu = own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime
    print(report.accepted_count, seconds, (own.ru_maxrss + 2 * child.ru_maxrss) / 1024, cpu)
"""

DUCKDB = """
import resource, sys, time
import duckdb
PATHS = {
    "statement_id": "$.id", "timestamp": "$.timestamp", "stored": "$.stored",
    "actor_type": "$.actor.objectType", "mbox": "$.actor.mbox",
    "mbox_sha1sum": "$.actor.mbox_sha1sum", "openid": "$.actor.openid",
    "home_page": "$.actor.account.homePage", "account_name": "$.actor.account.name",
    "actor_name": "$.actor.name", "verb_iri": "$.verb.id", "object_type": "$.object.objectType",
    "object_id": "$.object.id", "activity_type_iri": "$.object.definition.type",
    "activity_name": "$.object.definition.name", "score_scaled": "$.result.score.scaled",
    "score_raw": "$.result.score.raw", "score_min": "$.result.score.min",
    "score_max": "$.result.score.max", "success": "$.result.success",
    "completion": "$.result.completion", "duration": "$.result.duration",
    "response": "$.result.response", "registration": "$.context.registration",
    "session": '$.context.extensions."https://w3id.org/xapi/video/extensions/session-id"',
    "segments": '$.result.extensions."https://w3id.org/xapi/video/extensions/played-segments"',
    "platform": "$.context.platform", "language": "$.context.language",
    "instructor": "$.context.instructor.mbox", "team": "$.context.team.mbox",
    "parent": "$.context.contextActivities.parent",
    "grouping": "$.context.contextActivities.grouping",
    "category": "$.context.contextActivities.category",
    "other": "$.context.contextActivities.other", "statement_ref": "$.context.statement.id",
    "authority": "$.authority.account.name", "version": "$.version",
    "object_extensions": "$.object.definition.extensions",
    "result_extensions": "$.result.extensions", "context_extensions": "$.context.extensions",
}
CASTS = {"timestamp": "timestamptz", "stored": "timestamptz", "score_scaled": "double",
    "score_raw": "double", "score_min": "double", "score_max": "double", "success": "boolean",
    "completion": "boolean"}
columns = ", ".join(
    f"cast(v[{number}] as {CASTS.get(name, 'varchar')}) as {name}"
    for number, name in enumerate(PATHS, 1)
)
began = time.perf_counter()
con = duckdb.connect()
con.execute("set enable_progress_bar = false; set threads = 2; set memory_limit = '2GB'")
con.execute(f'''
    copy (
        select {columns}, statement_json from (
            select json_extract_string(json, {list(PATHS.values())}) as v, json as statement_json
            from read_ndjson_objects(?)
        )
    ) to '{sys.argv[2]}' (format parquet, compression zstd, compression_level 1)
''', [sys.argv[1]])
seconds = time.perf_counter() - began
rows = con.sql(f"select count(*) from '{sys.argv[2]}'").fetchone()[0]
own = resource.getrusage(resource.RUSAGE_SELF)
print(rows, seconds, own.ru_maxrss / 1024, own.ru_utime + own.ru_stime)
"""


ORJSON = """
import resource, sys, time
import orjson
began = time.perf_counter()
rows = 0
with open(sys.argv[1], "rb") as file:
    for line in file:
        orjson.loads(line)
        rows += 1
seconds = time.perf_counter() - began
own = resource.getrusage(resource.RUSAGE_SELF)
print(rows, seconds, own.ru_maxrss / 1024, own.ru_utime + own.ru_stime)
"""


class Measured(NamedTuple):
    """What one process reported of itself; processor time in seconds, start included."""

    rows: float
    seconds: float
    megabytes: float
    processor: float


def measure(scale: float) -> list[Figure]:
    """All in turns, each in a process of its own, on a file that is in the machine's memory."""
    path = statements_file(int(STATEMENTS * scale))
    ours, base, decoded = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        # The first start of a program compiles it; the first reading fetches the file.
        _measured(INGEST, statements_file(WARM_UP), Path(folder) / "warm")
        _measured(ORJSON, path)
        for number in range(ROUNDS):
            ours.append(_measured(INGEST, path, Path(folder) / f"home{number}"))
            base.append(_measured(DUCKDB, path, Path(folder) / "base.parquet"))
            decoded.append(_measured(ORJSON, path))
    if len({one.rows for one in [*ours, *base, *decoded]}) > 1:
        raise SystemExit("the ingest and the baselines read different numbers of statements")
    return [
        Figure("ingest", "statements", ours[0].rows, "statements"),
        Figure("ingest", "file", path.stat().st_size / 1024**2, "MB"),
        Figure("ingest", "ingest", _rate(ours), "statements/s"),
        Figure("ingest", "ingest, peak memory of all its processes at most", _peak(ours), "MB"),
        Figure("ingest", "DuckDB without validation", _rate(base), "statements/s"),
        Figure("ingest", "DuckDB, peak memory", _peak(base), "MB"),
        Figure("ingest", "orjson to dictionaries, one core", _rate(decoded), "statements/s"),
        *_ratios("ingest / DuckDB, wall time", [two.seconds for two in base], ours),
        Figure(
            "ingest",
            "ingest / DuckDB, processor time",
            median(two.processor / one.processor for one, two in zip(ours, base, strict=True)),
            "ratio",
        ),
        *_ratios("ingest / orjson, wall time", [two.seconds for two in decoded], ours),
    ]


def _rate(runs: list[Measured]) -> float:
    return median(one.rows / one.seconds for one in runs)


def _peak(runs: list[Measured]) -> float:
    return max(one.megabytes for one in runs)


def _ratios(what: str, seconds: list[float], ours: list[Measured]) -> list[Figure]:
    ratios = sorted(base / one.seconds for base, one in zip(seconds, ours, strict=True))
    found = {"least": ratios[0], "median": median(ratios), "greatest": ratios[-1]}
    return [Figure("ingest", f"{what}, {name}", value, "ratio") for name, value in found.items()]


def _measured(script: str, *arguments: Path) -> Measured:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    # Compiled once, as it is where Tilth is installed.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return Measured(*map(float, output.stdout.split()))

"""Ingest of NDJSON: statements a second and peak memory, beside DuckDB without validation.

The baseline reads the same file and writes the same typed columns and the raw JSON to Parquet; it
checks nothing, hashes nothing and keeps no rejected rows.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.statements import statements_file

STATEMENTS = 1_000_000

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
    ) to '{sys.argv[2]}' (format parquet, compression zstd)
''', [sys.argv[1]])
seconds = time.perf_counter() - began
rows = con.sql(f"select count(*) from '{sys.argv[2]}'").fetchone()[0]
own = resource.getrusage(resource.RUSAGE_SELF)
print(rows, seconds, own.ru_maxrss / 1024, own.ru_utime + own.ru_stime)
"""


def measure(scale: float) -> list[Figure]:
    """Both, one after the other, each in a process of its own."""
    path = statements_file(int(STATEMENTS * scale))
    with tempfile.TemporaryDirectory() as folder:
        ours = _measured(INGEST, path, Path(folder) / "home")
        base = _measured(DUCKDB, path, Path(folder) / "base.parquet")
    if ours[0] != base[0]:
        raise SystemExit(f"DuckDB read {base[0]:.0f} statements, the ingest {ours[0]:.0f}")
    return [
        Figure("ingest", "statements", ours[0], "statements"),
        Figure("ingest", "file", path.stat().st_size / 1024**2, "MB"),
        Figure("ingest", "ingest", ours[0] / ours[1], "statements/s"),
        Figure("ingest", "ingest, peak memory of all its processes at most", ours[2], "MB"),
        Figure("ingest", "DuckDB without validation", base[0] / base[1], "statements/s"),
        Figure("ingest", "DuckDB, peak memory", base[2], "MB"),
        Figure("ingest", "ingest / DuckDB, wall time", base[1] / ours[1], "ratio"),
        Figure("ingest", "ingest / DuckDB, processor time", base[3] / ours[3], "ratio"),
    ]


def _measured(script: str, *arguments: Path) -> tuple[float, float, float, float]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows, seconds, megabytes, cpu = map(float, output.split())
    return rows, seconds, megabytes, cpu

"""What stands where: sources in the landing, the last night, the published build."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from pipelines.lib.clock import utc_now
from pipelines.lib.history import Run, runs
from pipelines.lib.landing_batches import table_files
from pipelines.lib.lock import is_night_running
from pipelines.lib.published import Build, current_build
from xapi_ingest.errors import PublishedError
from xapi_ingest.settings import Settings

SOURCES_SQL = """
select
    source_name, table_name, count(*) as batch_count,
    (sum(read_count) - sum(coalesce(replayed_count, 0)))::bigint as read_count,
    sum(accepted_count)::bigint as accepted_count,
    (sum(rejected_count) - sum(coalesce(replayed_count, 0)))::bigint as rejected_count,
    max(loaded_at) as last_loaded_at, max(last_occurred_at) as last_occurred_at
from (
    from read_parquet($files, union_by_name = true)
    union all by name
    select null::bigint as replayed_count where false  -- older landings have no such column
)
group by source_name, table_name
order by source_name, table_name
"""


class Source(msgspec.Struct, kw_only=True):
    """What one source has delivered to one landing table."""

    source_name: str
    table_name: str
    batch_count: int
    read_count: int
    accepted_count: int
    rejected_count: int
    last_loaded_at: datetime
    last_occurred_at: datetime | None


class Status(msgspec.Struct, kw_only=True):
    """Where the warehouse stands. Instants are UTC without a zone."""

    home: str
    inbox_file_count: int
    sources: list[Source]
    is_running: bool
    last_run: Run | None
    published: Build | None
    published_problem: str
    age_hours: float | None
    is_stale: bool


def status_of(settings: Settings) -> Status:
    """The status of the data folder of ``settings``; nothing is made or locked."""
    nights = runs(settings)
    build, problem = _published(settings)
    age = utc_now() - build.built_at if build else None
    is_running = is_night_running(settings)
    last = nights[-1] if nights else None
    if last and last.status == "running" and not is_running:
        last.status = "interrupted"
    return Status(
        home=str(settings.root),
        inbox_file_count=_files_waiting(settings.inbox),
        sources=_sources(settings),
        is_running=is_running,
        last_run=last,
        published=build,
        published_problem=problem,
        age_hours=round(age / timedelta(hours=1), 2) if age is not None else None,
        is_stale=age is None or age > timedelta(hours=settings.stale_hours),
    )


def _files_waiting(inbox: Path) -> int:
    """Files of the inbox but the hidden ones and those that were moved aside."""
    places = [path.relative_to(inbox).parts for path in inbox.rglob("*") if path.is_file()]
    return sum(not any(part.startswith(".") for part in parts) for parts in places)


def _published(settings: Settings) -> tuple[Build | None, str]:
    try:
        return current_build(settings), ""
    except PublishedError as error:
        return None, str(error)


def _sources(settings: Settings) -> list[Source]:
    if not any((settings.landing / "batches").rglob("*.parquet")):
        return []
    with duckdb.connect() as connection:
        cursor = connection.execute(SOURCES_SQL, {"files": table_files(settings, "batches")})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [Source(**dict(zip(Source.__struct_fields__, row, strict=True))) for row in rows]

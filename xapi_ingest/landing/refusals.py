"""Why a reference file was refused: kept in the landing until nobody needs to ask any more.

What stood before stands; the warehouse tells a refusal from one that a good file has answered by
comparing instants.
"""

from pathlib import Path
from typing import Any

import pyarrow as pa

from xapi_ingest.errors import InputError
from xapi_ingest.landing.batches import batch_id_from, present_instant
from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.reference import landed_ids
from xapi_ingest.landing.report import FileReport
from xapi_ingest.landing.schema import REFUSALS


def keep_refusal(landing: Path, report: FileReport, error: InputError) -> None:
    """Keep why the file of ``report`` was refused.

    The same bytes that are refused again while the same file is in force, as in every night that
    they lie in the inbox, are one refusal.
    """
    landed = landed_ids(landing, report.source_name, report.table_name)
    standing = landed[-1] if landed else report.table_name
    refusal_id = batch_id_from(standing, f"{report.batch_id}\n{error.message}".encode())
    folder = landing / "refusals" / f"source={report.source_name}"
    if any(folder.glob(f"loaded_date=*/{refusal_id}.parquet")):
        return
    now = present_instant()
    whole = {
        "refusal_id": refusal_id,
        "table_name": report.table_name,
        "source_name": report.source_name,
        "input_name": report.input_name,
        "loaded_at": now,
        "fault_count": max(report.faults.count, 1),
    }
    rows = [
        {**whole, "position": position, **place}
        for position, place in enumerate(_places(report, error), start=1)
    ]
    path = folder / f"loaded_date={now:%Y-%m-%d}" / f"{refusal_id}.parquet"
    write_parquet_atomically(pa.Table.from_pylist(rows, schema=REFUSALS), path)


def _places(report: FileReport, error: InputError) -> list[dict[str, Any]]:
    if not report.faults.count:
        return [{"rule_id": "file_is_readable", "message": error.message, "remedy": error.remedy}]
    return [
        {
            "line_number": each.line,
            "column_name": each.column or None,
            "rule_id": each.rule_id,
            "message": each.message,
            "remedy": each.remedy,
        }
        for each in report.faults.listed
    ]

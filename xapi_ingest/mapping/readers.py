"""Which reader reads which format: a line here, and the name in ``model.Input``."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from xapi_ingest.archives.zipped import Archive
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.bookmarks_file import read_bookmarks
from xapi_ingest.mapping.rows.calendar_file import read_calendar
from xapi_ingest.mapping.rows.caliper_file import read_caliper
from xapi_ingest.mapping.rows.confluence import read_confluence
from xapi_ingest.mapping.rows.csv_file import read_csv
from xapi_ingest.mapping.rows.excel_file import read_excel
from xapi_ingest.mapping.rows.gitlab import read_gitlab
from xapi_ingest.mapping.rows.json_file import read_json, read_ndjson
from xapi_ingest.mapping.rows.mediawiki import read_mediawiki
from xapi_ingest.mapping.rows.parquet_file import read_parquet
from xapi_ingest.mapping.rows.row import Row
from xapi_ingest.mapping.rows.slack import read_slack
from xapi_ingest.mapping.rows.viva_engage import read_viva_engage
from xapi_ingest.mapping.rows.xml_file import read_xml

Reader = Callable[[MappingModel, BinaryIO, str], Iterator[Row]]
ArchiveReader = Callable[[MappingModel, Archive, str], Iterator[Row]]

READERS: Final[dict[str, Reader]] = {
    "bookmarks": read_bookmarks,
    "calendar": read_calendar,
    "caliper": read_caliper,
    "csv": read_csv,
    "excel": read_excel,
    "gitlab": read_gitlab,
    "json": read_json,
    "mediawiki": read_mediawiki,
    "ndjson": read_ndjson,
    "parquet": read_parquet,
    "xml": read_xml,
}
ARCHIVE_READERS: Final[dict[str, ArchiveReader]] = {
    "confluence": read_confluence,
    "slack": read_slack,
    "viva-engage": read_viva_engage,
}
"""Formats whose export is a zip: their mapping takes the archive whole, not each member."""

"""From object storage into the landing: each new object is fetched, taken like a file, noted.

It is noted after it has landed, by address and ETag. Whatever stops in between, the next pull
fetches it again and recognises it.
"""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from time import perf_counter

from xapi_ingest.errors import InputError
from xapi_ingest.landing.batches import locked
from xapi_ingest.landing.contracts.registry import REFERENCE_TABLES
from xapi_ingest.landing.ingest import prepare_landing
from xapi_ingest.landing.ledger import Ledger, open_ledger
from xapi_ingest.landing.mapped import digest_of, endings_of
from xapi_ingest.landing.pull_report import PullReport
from xapi_ingest.landing.report import FileReport
from xapi_ingest.landing.taking import Taken, Taking
from xapi_ingest.landing.workspace import workspace
from xapi_ingest.mapping.load import Mapping as RowMapping
from xapi_ingest.mapping.load import find_mapping
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import InputFile, Kinds
from xapi_ingest.sources.s3.bucket import Bucket, StoredObject
from xapi_ingest.sources.s3.config import BucketSource

OnObject = Callable[[PullReport], None]


def pull_objects(  # noqa: PLR0913  (all but the first by name)
    source: BucketSource,
    *,
    settings: Settings,
    until: datetime | None = None,
    on_progress: OnObject | None = None,
    environment: Mapping[str, str] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> PullReport:
    """Land the objects of ``source`` that have come or changed since the last pull.

    Args:
        source: Which bucket.
        settings: Where the landing and the ledger are.
        until: Leave what was stored later.
        on_progress: Told after each object.
        environment: Holds the secrets that ``source`` names; the process's own if None.
        sleep: Waits between two attempts to fetch.

    Raises:
        SettingsError: Credentials are missing or refused, or the mapping cannot be used.
        InputError: The bucket is not there or cannot be reached.
        LandingError: The landing cannot be written.
    """
    began = perf_counter()
    report = PullReport(source.name, unit="object")
    mapping = find_mapping(source.mapping) if source.mapping else None
    bucket = Bucket(source, os.environ if environment is None else environment, sleep)
    prepare_landing(settings)
    with (
        closing(bucket),
        locked(settings.state, f"{source.name}-pull"),
        workspace(settings.state) as folder,
        workspace(settings.state) as apart,
        open_ledger(settings) as ledger,
    ):
        taking = Taking(settings, apart)
        pull = _Pull(source, mapping, bucket, ledger, report, taking, folder)
        for one, kind in pull.new_objects(until):
            pull.take(one, kind)
            if on_progress:
                on_progress(report)
        for taken in taking.finish():
            pull.close(taken)
    report.seconds = perf_counter() - began
    return report


@dataclass
class _Pull:
    source: BucketSource
    mapping: RowMapping | None
    bucket: Bucket
    ledger: Ledger
    report: PullReport
    taking: Taking
    folder: Path

    def __post_init__(self) -> None:
        self._waiting: dict[Path, StoredObject] = {}
        self._count = 0

    def new_objects(self, until: datetime | None) -> list[tuple[StoredObject, InputFile]]:
        """What was not noted before, oldest first."""
        mapped = endings_of(self.mapping) if self.mapping else frozenset()
        kinds = Kinds(frozenset(REFERENCE_TABLES), mapped)
        known = self.ledger.versions(self.source.name)
        found = []
        unknown_count = refused_count = 0
        for one in self.bucket.objects():
            if one.key.endswith("/") or (until and one.modified > until):
                continue
            outcome = known.get((self.source.address_of(one.key), self._version(one)))
            refused_count += outcome in {"failed", "partly"}
            kind = kinds.of(Path(PurePosixPath(one.key).name))
            unknown_count += kind is None
            if kind and outcome is None:
                found.append((one, kind))
        if unknown_count:
            self.report.remarks.append(f"{unknown_count:,} objects of no known kind left alone")
        if refused_count:
            self.report.remarks.append(
                f"{refused_count:,} objects that were refused before have not changed since "
                "(tilth ledger names them)"
            )
        return sorted(found, key=lambda pair: (pair[0].modified, pair[0].key))

    def take(self, one: StoredObject, kind: InputFile) -> None:
        """Fetch one object and land it; what is wrong with it is in the report."""
        self._count += 1
        path = self.folder / str(self._count)
        file = replace(kind, path=path, name=PurePosixPath(one.key).name)
        self._waiting[path] = one
        try:
            self.bucket.fetch(one, path)
        except InputError as error:
            failed = FileReport(file.name, self.source.name, failure=str(error), is_passing=True)
            self.close(Taken(file, self.source.name, reports=[failed]))
            return
        modified = int(one.modified.timestamp() * 1e9)
        taken = self.taking.take(file, self.source.name, self.mapping, modified=modified)
        if not taken.waiting:
            self.close(taken)

    def close(self, taken: Taken) -> None:
        """Count and note what became of an object, and let its file go."""
        one = self._waiting.pop(taken.file.path)
        taken.file.path.unlink(missing_ok=True)
        self.report.add(one.size, *taken.reports)
        address = self.source.address_of(one.key)
        self.ledger.note(taken, place=address, version=self._version(one))

    def _version(self, one: StoredObject) -> str:
        """The ETag; where a mapping makes what lands of it, with that."""
        etag = one.etag.strip('"')
        return f"{etag} {digest_of(self.mapping, b'').hex()}" if self.mapping else etag

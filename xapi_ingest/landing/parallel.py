"""Runs divided on several cores, handed back in the order of the file.

The result is the same as on one core; only the time differs. At most a few runs are under way, so
memory stays bounded. A small file is not worth the start of a process.
"""

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context, parent_process
from typing import Final

from xapi_ingest.errors import LandingError
from xapi_ingest.landing.columns import Divided, Origin, divided
from xapi_ingest.sources.items import Item, Run

# Below this many bytes one core is through before a second has started.
WORTH_BYTES: Final = 48 * 1024 * 1024
_MOST_WORKERS: Final = 8
_RUNS_UNDER_WAY: Final = 3  # for each worker: one in work, the others waiting on either side

Answer = tuple[Item, Divided | None]


def divided_in_order(items: Iterable[Item], origin: Origin, *, size: int) -> Iterator[Answer]:
    """Each item, and for a run what came of it, in order.

    Args:
        items: What the reader yields.
        origin: What the rows have in common.
        size: Bytes of the file, as stored.
    """
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    if workers == 1 or size < WORTH_BYTES:
        for item in items:
            yield item, divided(item, origin) if isinstance(item, Run) else None
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_together)
    with pool:
        try:
            yield from _through(pool, items, origin, most=workers * _RUNS_UNDER_WAY)
        except BrokenExecutor as error:
            raise LandingError(
                f"{origin.input_name} has not landed: a worker process was ended from outside.",
                remedy="Check that there is memory enough, then ingest again.",
            ) from error


def _through(
    pool: ProcessPoolExecutor, items: Iterable[Item], origin: Origin, *, most: int
) -> Iterator[Answer]:
    under_way: deque[tuple[Item, Future[Divided] | None]] = deque()
    for item in items:
        future = pool.submit(divided, item, origin) if isinstance(item, Run) else None
        under_way.append((_without_bytes(item), future))
        if len(under_way) >= most:
            yield _answer(*under_way.popleft())
    while under_way:
        yield _answer(*under_way.popleft())


def _answer(item: Item, future: "Future[Divided] | None") -> Answer:
    return item, future.result() if future else None


def _without_bytes(item: Item) -> Item:
    return replace(item, raws=[]) if isinstance(item, Run) else item


def _end_together() -> None:
    """End this worker when the process that started it ends, however that happens."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()

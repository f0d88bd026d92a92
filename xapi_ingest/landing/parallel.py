"""Runs divided on several cores, handed back in the order of the file.

The result is the same as on one core; only the time differs. At most a few runs are under way, so
memory stays bounded. A small file is not worth the start of a process.
"""

import gc
import os
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from importlib.abc import MetaPathFinder
from multiprocessing import get_context, parent_process
from types import ModuleType
from typing import Final

from xapi_ingest.errors import LandingError
from xapi_ingest.landing.columns import Divided, Origin, Rejection, divided
from xapi_ingest.landing.slots import Slots
from xapi_ingest.sources.items import Item, Run

# Below this many bytes one core is through before a second has started.
WORTH_BYTES: Final = 48 * 1024 * 1024
_MOST_WORKERS: Final = 8
_RUNS_UNDER_WAY: Final = 3  # for each worker: one in work, the others waiting on either side
# Room for a run and for its rows; what is longer goes through the pipe.
SLOT_BYTES: Final = 16 * 1024 * 1024
# Rows are values without cycles; what the collector would look for, the happy path does not make.
_OBJECTS_BETWEEN_COLLECTIONS: Final = 1_000_000

Answer = tuple[Item, Divided | None]


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What came of a run, on its way back.

    Attributes:
        size: Of the rows in the slot; None where they had no room there.
        whole: All of it, in that case.
    """

    rejected: list[Rejection]
    size: int | None
    whole: Divided | None = None


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
    try:
        with ExitStack() as stack:
            slots = stack.enter_context(closing(Slots(workers * _RUNS_UNDER_WAY, SLOT_BYTES)))
            pool = stack.enter_context(
                ProcessPoolExecutor(
                    workers,
                    mp_context=get_context("spawn"),
                    initializer=_begin,
                    initargs=(slots, origin),
                )
            )
            yield from _through(pool, slots, items, most=workers * _RUNS_UNDER_WAY)
    except BrokenExecutor as error:
        raise LandingError(
            f"{origin.input_name} has not landed: a worker process was ended from outside.",
            remedy="Check that there is memory enough, then ingest again.",
        ) from error


def _through(
    pool: ProcessPoolExecutor, slots: Slots, items: Iterable[Item], *, most: int
) -> Iterator[Answer]:
    under_way: deque[tuple[Item, int, Future[_Parcel] | None]] = deque()
    for number, item in enumerate(items):
        # The oldest is answered before its slot comes round again.
        slot = number % most
        future = _submitted(pool, slots, slot, item) if isinstance(item, Run) else None
        under_way.append((_without_bytes(item), slot, future))
        if len(under_way) >= most:
            yield _answer(slots, *under_way.popleft())
    while under_way:
        yield _answer(slots, *under_way.popleft())


def _submitted(pool: ProcessPoolExecutor, slots: Slots, slot: int, run: Run) -> "Future[_Parcel]":
    lengths = slots.put_statements(slot, run.raws)
    if lengths is not None:
        run = replace(run, raws=[])
    with _without_main():
        return pool.submit(_divided_in_slot, slot, lengths, run)


def _answer(slots: Slots, item: Item, slot: int, future: "Future[_Parcel] | None") -> Answer:
    if future is None:
        return item, None
    parcel = future.result()
    if parcel.size is None:
        return item, parcel.whole
    return item, Divided(slots.rows(slot, parcel.size), parcel.rejected)


def _without_bytes(item: Item) -> Item:
    return replace(item, raws=[]) if isinstance(item, Run) else item


@contextmanager
def _without_main() -> Iterator[None]:
    """Let a process that starts not run the program's main module again: it needs none of it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class _WithoutPandas(MetaPathFinder):
    """Arrow loads pandas with the first list that it converts: half a second for nothing."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        """Look no further for pandas."""
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


# In a worker: what ``_begin`` was given.
_shared: list[tuple[Slots, Origin]] = []


def _begin(slots: Slots, origin: Origin) -> None:
    _shared.append((slots, origin))
    sys.meta_path.insert(0, _WithoutPandas())
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    _end_together()


def _divided_in_slot(slot: int, lengths: list[int] | None, run: Run) -> _Parcel:
    slots, origin = _shared[0]
    if lengths is not None:
        run = replace(run, raws=slots.statements(slot, lengths))
    found = divided(run, origin)
    size = slots.put_rows(slot, found.accepted)
    return _Parcel(found.rejected, size, found if size is None else None)


def _end_together() -> None:
    """End this worker when the process that started it ends, however that happens."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()

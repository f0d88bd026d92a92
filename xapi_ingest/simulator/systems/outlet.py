"""Where a system's export lies: a folder with the mapping that the inbox looks for."""

from collections.abc import Mapping
from pathlib import Path

from xapi_ingest.simulator.systems.tally import Tally


class Outlet:
    """One folder of the exports, the source of what is in it.

    Args:
        exports: The folder of all exports.
        source: Name of the folder, and so of the source.
        mapping: The shipped mapping that reads it.
        settings: What the company sets in its own mapping file, line by line.
    """

    def __init__(
        self, exports: Path, source: str, mapping: str, settings: Mapping[str, str]
    ) -> None:
        self.source = source
        self.tally = Tally()
        self.byte_count = 0
        self._folder = exports / source
        self._folder.mkdir(parents=True)
        lines = [f"extends: {mapping}", f"source: {source}"]
        lines += [f"{name}: {value}" for name, value in settings.items()]
        self.add("mapping.yaml", "\n".join(lines) + "\n")

    def add(self, name: str, data: str | bytes) -> None:
        """Write a file, or add to its end."""
        raw = data.encode() if isinstance(data, str) else data
        with (self._folder / name).open("ab") as file:
            file.write(raw)
        self.byte_count += len(raw)

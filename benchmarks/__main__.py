"""Run one benchmark or all: ``python -m benchmarks [name …] [--scale N] [--json]``.

A benchmark is a module of this folder with ``measure(scale) -> list[Figure]``.
"""

import argparse
import importlib
import json
import pkgutil
from dataclasses import asdict

import benchmarks
from benchmarks.figure import Figure


def main() -> None:
    """Measure and print."""
    modules = {
        info.name: importlib.import_module(f"benchmarks.{info.name}")
        for info in pkgutil.iter_modules(benchmarks.__path__)
        if info.name != "__main__"
    }
    names = sorted(name for name, module in modules.items() if hasattr(module, "measure"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(names)}")
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the size that is reported")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    unknown = sorted(set(arguments.names) - set(names))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(names)}")
    figures = [
        figure
        for name in arguments.names or names
        for figure in modules[name].measure(arguments.scale)
    ]
    print(json.dumps([asdict(figure) for figure in figures]) if arguments.json else table(figures))


def table(figures: list[Figure]) -> str:
    """The figures as aligned text."""
    rows = [("benchmark", "what", "value", "unit")]
    rows += [(one.benchmark, one.what, f"{one.value:,.2f}", one.unit) for one in figures]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        f"{name:<{widths[0]}}  {what:<{widths[1]}}  {value:>{widths[2]}}  {unit}"
        for name, what, value, unit in rows
    )


if __name__ == "__main__":
    main()

"""``tilth ledger``: which file or object came when, and what became of it."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pipelines.commands.output import FINE, PARTLY, AsJson, counted, err, out, print_json, say
from xapi_ingest.settings import load_settings

if TYPE_CHECKING:
    from xapi_ingest.landing.ledger import Entry

COLOURS = {"failed": "red", "partly": "yellow"}
SHOWN = 50


def ledger(
    place: Annotated[
        str | None, typer.Argument(help="Only inputs whose path or address holds this text.")
    ] = None,
    *,
    source: Annotated[str | None, typer.Option(help="Only those of this source.")] = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only those of which something did not land.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Files and objects that came in: when, how large, with what outcome and which batches.

    Outcomes: landed; failed; partly, of an archive; superseded, of a reference table of which the
    same ingest brought a newer one.

    Exit codes: 0 all of those listed landed; 1 something of them did not.
    """
    from xapi_ingest.landing.ledger import open_ledger  # noqa: PLC0415  (pyarrow)

    settings = load_settings()
    entries: list[Entry] = []
    if settings.state.is_dir():  # asking makes no data folder
        with open_ledger(settings) as book:
            entries = [
                entry
                for entry in book.entries(source)
                if (place or "") in entry.place and (entry.outcome in COLOURS or not failed)
            ]
    if as_json:
        print_json({"inputs": [asdict(entry) for entry in entries]})
    else:
        _show(entries)
    raise typer.Exit(PARTLY if any(entry.outcome in COLOURS for entry in entries) else FINE)


def _show(entries: "list[Entry]") -> None:
    if not entries:
        say("The ledger holds no such input.")
        return
    table = Table(header_style="bold")
    for name in ("last seen (UTC)", "source", "input", "outcome", "bytes", "lies now, or why not"):
        table.add_column(name, overflow="fold", justify="right" if name == "bytes" else "left")
    for entry in entries[:SHOWN]:
        colour = COLOURS.get(entry.outcome, "default")
        table.add_row(
            f"{entry.last_seen_at:%Y-%m-%d %H:%M}",
            escape(entry.source_name),
            escape(entry.place),
            f"[{colour}]{entry.outcome}[/]",
            f"{entry.input_bytes:,}",
            escape(entry.detail or entry.moved_to),
        )
    out().print(table)
    if len(entries) > SHOWN:
        err().print(f"The last {SHOWN} of {counted(len(entries), 'input')}; --json gives all.")

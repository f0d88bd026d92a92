"""``tilth quarantine``: what was refused, why, and what becomes of it.

``show`` and ``export`` are the only commands that say what a refused statement holds.
"""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from pipelines.commands.output import (
    FINE,
    PARTLY,
    AsJson,
    counted,
    err,
    print_json,
    progress_shown,
    say,
    seconds_text,
)
from pipelines.commands.quarantine_options import (
    BatchId,
    By,
    Position,
    Rule,
    Source,
    chosen_by,
    decision_of,
)
from pipelines.commands.quarantine_text import print_counts, print_example, print_item
from xapi_ingest.errors import InputError
from xapi_ingest.settings import load_settings

app = typer.Typer(
    help="What was refused: list, look at, explain, replay, export, discard.",
    no_args_is_help=True,
)


@app.command("list")
def list_(
    *, source: Source = None, rule: Rule = None, batch: BatchId = None, as_json: AsJson = False
) -> None:
    """Count what is in quarantine by source, rule and batch: open, replayed, discarded.

    The rule is the first that objected. No value of a statement is shown.

    Exit codes: 0 nothing is open; 1 something is; 2 there is no such batch.
    """
    from xapi_ingest.landing.quarantine_counts import counts_of  # noqa: PLC0415  (pyarrow)

    rows = counts_of(chosen_by(source, rule, batch), load_settings().landing)
    if as_json:
        print_json([msgspec.structs.asdict(row) for row in rows])
    else:
        print_counts(rows)
    raise typer.Exit(PARTLY if any(row.open_count for row in rows) else FINE)


@app.command()
def show(  # noqa: PLR0913  (one argument an option)
    *,
    source: Source = None,
    rule: Rule = None,
    batch: BatchId = None,
    position: Position = None,
    limit: Annotated[int, typer.Option(min=1, help="Most items that are shown.")] = 10,
    with_settled: Annotated[
        bool, typer.Option("--all", help="Also what was replayed or discarded.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show single items as they were received, with every problem.

    What is shown may be about people: it is for whoever keeps the landing.

    Exit codes: 0 something is shown; 1 nothing is there to show; 2 there is no such batch.
    """
    from xapi_ingest.landing.quarantine_export import described, open_items  # noqa: PLC0415

    settings = load_settings()
    chosen = chosen_by(source, rule, batch, position)
    found = open_items(chosen, settings, **({"states": None} if with_settled else {}))
    shown = []
    for item, _ in zip(found, range(limit), strict=False):
        content = item.content(settings.landing)
        if as_json:
            text = content.decode("utf-8", "backslashreplace")
            shown.append(described(item) | {"received": text})
        else:
            shown.append({})
            print_item(item, content)
    if as_json:
        print_json(shown)
    else:
        more = next(found, None) is not None
        say(f"{counted(len(shown), 'item')} shown{'; --limit shows more' if more else ''}")
    raise typer.Exit(FINE if shown else PARTLY)


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="Name of a rule, as `list` prints it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Say what a rule demands, where that is written and what to do, with an example.

    Exit codes: 0 explained; 2 there is no such rule.
    """
    from xapi_ingest.landing import explanation  # noqa: PLC0415  (msgspec and the rules)

    found = explanation.explain(rule)
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    say(f"{found.rule_id} ({found.severity})")
    say(f"    {found.sentence}")
    say(f"    Where: {found.clause}")
    say(f"    What to do: {found.remedy}")
    print_example(found.example)


@app.command()
def replay(  # noqa: PLR0913  (one argument an option)
    *,
    source: Source = None,
    rule: Rule = None,
    batch: BatchId = None,
    position: Position = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE",
            help="Map rows of tables with this mapping. Default: that of inbox/<source>, else the "
            "one that ships under the name by which they were mapped.",
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why; kept with what passes.")] = "replayed",
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Hold what is open to the rules, limits and mappings of now, and land what passes, once.

    Of a row of a mapped table the row is mapped anew. What passes lands as a batch of its source
    and is settled with it; the rest stays. Doing it again changes nothing.

    Exit codes: 0 all of it passes; 1 something stays; 2 there is no such batch or mapping, or the
    landing cannot be written.
    """
    from xapi_ingest.landing import replay as replaying  # noqa: PLC0415  (pyarrow)

    found = None
    if mapping is not None:
        from xapi_ingest.mapping.load import find_mapping  # noqa: PLC0415  (Jinja and pydantic)

        found = find_mapping(mapping)
    with progress_shown(is_wanted=not as_json) as on_progress:
        report = replaying.replay(
            chosen_by(source, rule, batch, position),
            decision_of(reason, by),
            settings=load_settings(),
            mapping=found,
            on_progress=lambda done: on_progress("items", done, None),
        )
    if as_json:
        print_json(report.to_dict())
    else:
        for why, count in report.staying.most_common():
            err().print(f"stays: {counted(count, 'item')}: {why}", markup=False)
        say(
            f"{counted(report.item_count, 'open item')} · {report.replayed_count:,} replayed · "
            f"{counted(report.statement_count, 'statement')} landed in "
            f"{counted(report.batch_count, 'batch', 'batches')} · "
            f"{report.staying.total():,} stay · {seconds_text(report.seconds)}"
        )
    raise typer.Exit(report.exit_code)


@app.command()
def export(
    to: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is not there yet.")],
    *,
    source: Source = None,
    rule: Rule = None,
    batch: BatchId = None,
    as_json: AsJson = False,
) -> None:
    """Write what is open to a folder, as received, with a file that says what is wrong with each.

    Correct it, ingest it under the same source, and discard here what you have corrected.

    Exit codes: 0 written; 1 nothing was open; 2 the folder holds something or cannot be written.
    """
    from xapi_ingest.landing import quarantine_export  # noqa: PLC0415  (pyarrow)

    report = quarantine_export.export(chosen_by(source, rule, batch), to, settings=load_settings())
    if as_json:
        print_json(report.to_dict())
    else:
        say(
            f"{counted(report.line_count, 'item')} in {to / quarantine_export.LINES_NAME} · "
            f"{report.file_count:,} in files of their own · "
            f"problems in {to / quarantine_export.PROBLEMS_NAME}"
        )
    raise typer.Exit(FINE if report.line_count + report.file_count else PARTLY)


@app.command()
def discard(  # noqa: PLR0913  (one argument an option)
    *,
    reason: Annotated[str, typer.Option(help="Why it need not be mended; kept for ever.")],
    source: Source = None,
    rule: Rule = None,
    batch: BatchId = None,
    position: Position = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All that is open, unnarrowed.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Open again what was discarded.")] = False,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Call what is open settled, with a reason. Nothing is deleted; --undo takes it back.

    Exit codes: 0 settled; 1 there was nothing to settle; 2 nothing was narrowed (say --all), there
    is no such batch, or the landing cannot be written.
    """
    from xapi_ingest.landing import resolutions  # noqa: PLC0415  (pyarrow)

    chosen = chosen_by(source, rule, batch, position)
    if chosen.is_everything() and not everything:
        raise InputError(
            "This would settle the whole quarantine.",
            remedy="Narrow it with --source, --rule, --batch or --position, or say --all.",
        )
    report = resolutions.discard(
        chosen, decision_of(reason, by), settings=load_settings(), is_undo=undo
    )
    if as_json:
        print_json(report.to_dict())
    else:
        say(f"{counted(report.item_count, 'item')} {report.action}: {reason}")
    raise typer.Exit(FINE if report.item_count else PARTLY)

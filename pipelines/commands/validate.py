"""``tilth validate``: files of statements against the letter of the specification."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from pipelines.commands.output import FINE, UNUSABLE, AsJson, counted, err, out, print_json, say
from xapi_ingest.settings import load_settings

if TYPE_CHECKING:
    from xapi_ingest.landing.validate import FileValidation, Objection, ValidationReport

COLOURS = {"reject": "red", "tolerate": "yellow"}


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Files of statements, and folders of them."),
    ],
    *,
    version: Annotated[
        str, typer.Option(metavar="1.0.3|2.0.0", help="The version of xAPI to hold them to.")
    ] = "1.0.3",
    as_json: AsJson = False,
) -> None:
    """Hold every statement to the letter of xAPI. Nothing lands, nothing is kept.

    A problem says: file, position, JSON pointer, rule, clause, what is wrong and what to do;
    *reject* is what an ingest turns away, *tolerate* what it lets in. docs/statement-rules.md
    lists the rules.

    Exit codes: 0 every statement is in order; 1 there are problems; 2 something could not be
    read, there was no file of statements, or there are no rules for the version.
    """
    # msgspec and the rules take their time, and --help need not wait for them
    from xapi_ingest.landing.validate import validate_files  # noqa: PLC0415

    report = validate_files(files, version=version, settings=load_settings())
    if as_json:
        print_json(report.to_dict())
    else:
        _show(report)
    raise typer.Exit(report.exit_code or (FINE if report.files else UNUSABLE))


def _show(report: "ValidationReport") -> None:
    for file in report.files:
        _show_problems(file)
    for file in report.files:
        say(_total(file))
    for refusal in report.refused:
        err().print(f"[red]refused[/] {escape(refusal)}")
    if report.skipped:
        err().print(f"{counted(len(report.skipped), 'file')} without statements skipped.")
    if not report.files:
        err().print(
            "There was no file of statements: .json, .ndjson, .jsonl or .parquet, each also .gz or "
            ".zst, or a .zip of them."
        )


def _show_problems(file: "FileValidation") -> None:
    for objection in file.objections:
        for line in _lines(file.input_name, objection):
            out().print(line)
    if file.is_shortened:
        err().print(f"{escape(file.input_name)}: only its first problems are listed.")


def _lines(name: str, objection: "Objection") -> Iterator[str]:
    problem, severity = objection.problem, str(objection.severity)
    where = f"{name}, statement {objection.position}, {problem.pointer or 'the whole statement'}"
    yield f"[{COLOURS[severity]}]{severity}[/] {escape(where)}: {escape(problem.message)}"
    yield f"    {problem.rule_id} ({escape(problem.clause)}) → {escape(problem.remedy)}"


def _total(file: "FileValidation") -> str:
    if file.failure:
        return f"{file.input_name}: could not be read to its end: {file.failure}"
    parts = [
        counted(file.statement_count, "statement"),
        f"{file.flawed_count:,} with problems",
        f"{file.rejected_count:,} that an ingest would reject",
        *(f"{rule_id} {count:,}" for rule_id, count in file.rule_counts.most_common()),
    ]
    return f"{file.input_name}: {' · '.join(parts)}"

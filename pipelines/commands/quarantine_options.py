"""Options that the commands of ``tilth quarantine`` share, and what they mean together."""

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from xapi_ingest.landing.quarantine import Chosen
    from xapi_ingest.landing.resolutions import Decision

Source = Annotated[str | None, typer.Option("--source", help="Only of this source.")]
Rule = Annotated[str | None, typer.Option("--rule", help="Only what this rule objects to.")]
BatchId = Annotated[
    str | None,
    typer.Option(
        "--batch", metavar="ID", help="Only of this batch: its id or the beginning of it."
    ),
]
Position = Annotated[
    int | None, typer.Option("--position", help="Only the item at this position of its file.")
]
By = Annotated[
    str | None, typer.Option(help="Who decides; kept with the decision. Default: this user.")
]


def chosen_by(
    source: str | None, rule: str | None, batch: str | None, position: int | None = None
) -> "Chosen":
    """What the common options mean."""
    from xapi_ingest.landing.quarantine import Chosen  # noqa: PLC0415  (pyarrow)

    return Chosen(source, rule, batch, position)


def decision_of(reason: str, by: str | None) -> "Decision":
    """Why, and who says so: the user of this process unless another is named."""
    from xapi_ingest.landing.resolutions import Decision  # noqa: PLC0415  (pyarrow)

    return Decision(reason, by or getpass.getuser())

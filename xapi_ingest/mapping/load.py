"""Mapping files to compiled mappings. Whatever is wrong with one is said with file and line."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import msgspec
from pydantic import ValidationError

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.document import Document, read_document
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.plan import Plan, Planner

_MERGED: Final = frozenset({"parameters", "columns", "tables", "input", "let"})
_LEFT_TO_THE_BASE: Final = frozenset(
    {"mapping", "statements", "skip", "otherwise", "checked_against"}
)


class Mapping(msgspec.Struct, frozen=True):
    """A mapping that is ready to use.

    Attributes:
        name: Its name.
        title: What it reads, for people.
        source_name: Source of the statements unless another is asked for.
        checked_against: What the form of the file was checked against.
        model: The file's content, checked.
        plan: The compiled programs.
    """

    name: str
    title: str
    source_name: str
    checked_against: str
    model: MappingModel
    plan: Plan


def load_mapping(path: Path) -> Mapping:
    """The mapping in the YAML file at ``path``.

    Raises:
        InputError: The file cannot be read or used; names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The mapping {path} cannot be read: {error}.") from error
    return mapping_from_text(text, path.name)


def mapping_from_text(text: str, name: str) -> Mapping:
    """The mapping in ``text``; ``name`` is what messages call it.

    Raises:
        InputError: It cannot be used; names file and line.
    """
    document = _with_base(read_document(text, name))
    if not isinstance(document.data, dict):
        raise InputError(f"{document.place(())}: a mapping file holds names and values.")
    try:
        model = MappingModel.model_validate(document.data)
    except ValidationError as error:
        raise InputError(
            _complaints(document, error), remedy="docs/howto/mapping.md explains every field."
        ) from error
    return Mapping(
        name=model.mapping,
        title=model.title,
        source_name=model.source,
        checked_against=model.checked_against,
        model=model,
        plan=Planner(model, document).plan(),
    )


def find_mapping(name: str) -> Mapping:
    """The mapping ``name``: one that ships with Tilth, or else a path to a file.

    Raises:
        InputError: There is none of that name, or it cannot be used.
    """
    shipped = _shipped_files()
    if name in shipped:
        return mapping_from_text(shipped[name].read_text(encoding="utf-8"), f"{name}.yaml")
    path = Path(name)
    if path.is_file():
        return load_mapping(path)
    raise InputError(
        f"There is no mapping '{name}'.",
        remedy=f"Give the path of a file, or one of: {', '.join(shipped)}.",
    )


def shipped_names() -> list[str]:
    """Names of the mappings that ship with Tilth."""
    return list(_shipped_files())


def _shipped_files() -> dict[str, Traversable]:
    folder = resources.files("xapi_ingest.mapping") / "shipped"
    files = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".yaml"): entry for entry in files if entry.name.endswith(".yaml")
    }


def _with_base(document: Document) -> Document:
    """``document`` laid over the shipped mapping that it extends, if it does."""
    data = document.data
    if not isinstance(data, dict) or "extends" not in data:
        return document
    name = data["extends"]
    shipped = _shipped_files()
    if not isinstance(name, str) or name not in shipped:
        raise InputError(
            f"{document.place(('extends',))}: there is no shipped mapping '{name}'.",
            remedy=f"There are {', '.join(shipped)}.",
        )
    base = read_document(shipped[name].read_text(encoding="utf-8"), document.name).data
    merged: dict[str, Any] = dict(base)
    for field, value in data.items():
        if field in _LEFT_TO_THE_BASE:
            raise InputError(
                f"{document.place((field,))}: {field} comes from '{name}'.",
                remedy="To change it, copy the shipped mapping and drop extends.",
            )
        if field in _MERGED and isinstance(value, dict) and isinstance(base.get(field), dict):
            merged[field] = base[field] | value
        elif field != "extends":
            merged[field] = value
    return Document(document.name, merged, document.lines)


def _complaints(document: Document, error: ValidationError) -> str:
    lines = []
    for complaint in error.errors()[:10]:
        steps = tuple(part for part in complaint["loc"] if part != "[key]")
        steps = tuple("from" if part == "headers" else part for part in steps)
        message = complaint["msg"].removeprefix("Value error, ")
        if complaint["type"] == "extra_forbidden":
            message = "there is no such field"
        where = ".".join(map(str, steps))
        lines.append(f"{document.place(steps)}: {where}: {message}.")
    return "\n".join(lines)

"""YAML with the line of every value.

Less than YAML allows, on purpose: ``yes`` and ``2024-01-01`` stay text, a key may come once, and
there are no aliases (a few of them can stand for gigabytes).
"""

import re
from collections.abc import Hashable
from typing import Any, Final, NamedTuple

import yaml

from xapi_ingest.errors import InputError

Steps = tuple[str | int, ...]
MAX_CHARACTERS: Final = 1_000_000
_MAP: Final = "tag:yaml.org,2002:map"
_SEQ: Final = "tag:yaml.org,2002:seq"


class Document(NamedTuple):
    """A YAML file, decoded.

    Attributes:
        name: The file's name, for messages.
        data: What it holds.
        lines: The 1-based line of each value, by the steps that lead to it.
    """

    name: str
    data: Any
    lines: dict[Steps, int]

    def place(self, steps: Steps) -> str:
        """``file:line`` of the value at ``steps``, or of the nearest value around it."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return f"{self.name}:{self.lines.get(steps, 1)}"


class _Loader(yaml.SafeLoader):
    """YAML 1.2's core types only."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  (the library's attribute)

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(
                None, None, "aliases (*name) cannot be used; name the value under let", mark
            )
        return super().compose_node(parent, index)


for _tag, _pattern, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?[0-9]*\.[0-9]+(?:e[-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first
    )


def read_document(text: str, name: str) -> Document:
    """Decode one YAML document.

    Raises:
        InputError: It is not YAML, or uses what mappings may not; names file and line.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{name} is longer than {MAX_CHARACTERS:,} characters.")
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        lines: dict[Steps, int] = {}
        data = _value(loader, node, (), lines) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise InputError(
            f"{name}:{line}: {error.problem or error}.", remedy="Mend the YAML there."
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{name} is not YAML: {error}.") from error
    finally:
        if loader is not None:
            loader.dispose()
    return Document(name, data, lines)


def _value(loader: _Loader, node: yaml.Node, steps: Steps, lines: dict[Steps, int]) -> Any:
    lines[steps] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode) and node.tag == _MAP:
        return _mapping(loader, node, steps, lines)
    if isinstance(node, yaml.SequenceNode) and node.tag == _SEQ:
        return [
            _value(loader, item, (*steps, number), lines) for number, item in enumerate(node.value)
        ]
    return loader.construct_object(node)


def _mapping(
    loader: _Loader, node: yaml.MappingNode, steps: Steps, lines: dict[Steps, int]
) -> dict[Hashable, Any]:
    found: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        if not key or key in found:
            problem = f"the key '{key}' comes twice" if key else "a key has to be a text"
            raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
        found[key] = _value(loader, value_node, (*steps, key), lines)
        lines[(*steps, key)] = key_node.start_mark.line + 1
    return found

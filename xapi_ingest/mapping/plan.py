"""A mapping, compiled: what is checked once, so that a row only runs programs.

All expressions become two or three programs that work out whole statements at once. Each is kept
by itself too, with its place in the file, for ``explain``.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import Any, Final, NamedTuple

import msgspec
from jinja2 import nodes

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.document import Document, Steps
from xapi_ingest.mapping.expressions import Expression, ExpressionError, Language, Program
from xapi_ingest.mapping.local import functions_for
from xapi_ingest.mapping.model import MappingModel, StatementRule
from xapi_ingest.statement.problems import pointer_to

BUILT_IN: Final = ("position", "file", "head", "others", "gathered")
NEEDED: Final = ("actor", "verb", "object", "timestamp")


class Leaf:
    """One expression in its place.

    Attributes:
        place: ``file:line`` in the mapping.
        pointer: JSON pointer into the statement; empty outside of it.
        columns: Headers of the columns that it is made of, also by way of ``let``.
    """

    def __init__(
        self, place: str, pointer: str, columns: str, compiled: Callable[[], Program]
    ) -> None:
        self.place = place
        self.pointer = pointer
        self.columns = columns
        self._compiled = compiled

    @cached_property
    def program(self) -> Program:
        """Works it out as ``_value``; compiled when it is first needed."""
        return self._compiled()


class StatementPlan(NamedTuple):
    """What a row needs for one kind of statement.

    Attributes:
        name: Its name in the mapping.
        place: ``file:line`` of the rule.
        each: Works out the list as ``_value``; None where the row makes at most one.
        item: Works out ``_statement`` for one ``item``; None where the main program does.
        when: Whether there is one; None for always.
        key: The expressions of the key.
        leaves: The expressions of the statement.
    """

    name: str
    place: str
    each: Leaf | None
    item: Program | None
    when: Leaf | None
    key: list[Leaf]
    leaves: list[Leaf]


class Plan(msgspec.Struct, frozen=True):
    """The programs of a mapping.

    Attributes:
        constants: Values of the parameters.
        skip: Works out ``_rule``, the number of the rule that leaves the row out; None without.
        main: Works out every ``let``, and ``_<number>`` for each statement without ``each``.
        lets: Name and leaf of each ``let``, in order.
        statements: The statements, in order.
    """

    constants: dict[str, Any]
    skip: Program | None
    skip_leaves: list[Leaf]
    main: Program
    lets: list[tuple[str, Leaf]]
    statements: list[StatementPlan]


class Planner:
    """Compiles one mapping; every complaint names file and line."""

    def __init__(self, model: MappingModel, document: Document) -> None:
        self._model = model
        self._document = document
        self._language = Language(functions_for(model))
        self._columns = {name: frozenset([name]) for name in model.columns}
        self._known = [*model.columns, *model.parameters, *BUILT_IN]

    def plan(self) -> Plan:
        """The compiled mapping.

        Raises:
            InputError: An expression cannot be compiled, or a name is used for two things.
        """
        self._check_names()
        skip = [
            self._expression(rule.when, ("skip", number, "when"))
            for number, rule in enumerate(self._model.skip)
        ]
        skip_leaves = [
            self._leaf(expression, ("skip", number, "when"))
            for number, expression in enumerate(skip)
        ]
        lets = list(self._lets())
        programs = [(name, expression.node) for name, expression, _ in lets]
        statements = []
        for number, rule in enumerate(self._model.statements):
            statement, node = self._statement(rule, ("statements", number))
            statements.append(statement)
            if node is not None:
                programs.append((f"_{number}", node))
        return Plan(
            constants=dict(self._model.parameters),
            skip=self._language.compile([("_rule", _numbered(skip))]) if skip else None,
            skip_leaves=skip_leaves,
            main=self._language.compile(programs),
            lets=[(name, leaf) for name, _, leaf in lets],
            statements=statements,
        )

    def _check_names(self) -> None:
        taken = dict.fromkeys(BUILT_IN, "built in")
        taken["item"] = "built in"
        for part in ("columns", "parameters", "let"):
            for name in getattr(self._model, part):
                if name in taken:
                    raise self._refusal((part, name), f"the name '{name}' is {taken[name]} already")
                taken[name] = f"used under {part}"

    def _lets(self) -> Iterator[tuple[str, Expression, Leaf]]:
        for name, value in self._model.let.items():
            steps = ("let", name)
            expression = self._value(value, steps)
            yield name, expression, self._leaf(expression, steps)
            self._columns[name] = self._columns_of(expression)
            self._known.append(name)

    def _statement(
        self, rule: StatementRule, steps: Steps
    ) -> tuple[StatementPlan, nodes.Expr | None]:
        each = rule.each and self._expression(rule.each, (*steps, "each"))
        if each:
            self._known.append("item")
            self._columns["item"] = self._columns_of(each)
        when = rule.when and self._expression(rule.when, (*steps, "when"))
        keys = [
            self._expression(source, (*steps, "key", number))
            for number, source in enumerate(rule.key)
        ]
        leaves: list[Leaf] = []
        self._check_statement(rule, (*steps, "statement"))
        body = self._value(rule.statement, (*steps, "statement"), leaves, ())
        whole: nodes.Expr = nodes.List([nodes.List([key.node for key in keys]), body.node])
        if when:
            whole = nodes.CondExpr(when.node, whole, nodes.Const(None))
        plan = StatementPlan(
            name=rule.name,
            place=self._document.place((*steps, "statement")),
            each=self._leaf(each, (*steps, "each")) if each else None,
            item=self._language.compile([("_statement", whole)]) if each else None,
            when=self._leaf(when, (*steps, "when")) if when else None,
            key=[self._leaf(key, (*steps, "key", number)) for number, key in enumerate(keys)],
            leaves=leaves,
        )
        if each:
            self._known.remove("item")
        return plan, None if each else whole

    def _check_statement(self, rule: StatementRule, steps: Steps) -> None:
        if "id" in rule.statement:
            raise self._refusal((*steps, "id"), "the id is made from the key; leave it out")
        for name in NEEDED:
            if rule.statement.get(name) is None:
                raise self._refusal(steps, f"a statement needs '{name}'")

    def _value(
        self,
        value: Any,
        steps: Steps,
        leaves: list[Leaf] | None = None,
        pointer: Steps = (),
    ) -> Expression:
        """A template: a text that begins with = is an expression, everything else is as it is."""
        if isinstance(value, str) and value.startswith("="):
            expression = self._expression(value, steps)
            if leaves is not None:
                leaves.append(self._leaf(expression, steps, pointer_to(*pointer)))
            return expression
        if isinstance(value, dict):
            parts = {
                key: self._value(part, (*steps, key), leaves, (*pointer, key))
                for key, part in value.items()
            }
            pairs = [nodes.Pair(nodes.Const(key), part.node) for key, part in parts.items()]
            return Expression(nodes.Dict(pairs), _union(part.names for part in parts.values()))
        if isinstance(value, list):
            items = [
                self._value(part, (*steps, number), leaves, (*pointer, number))
                for number, part in enumerate(value)
            ]
            return Expression(
                nodes.List([part.node for part in items]), _union(part.names for part in items)
            )
        return Expression(nodes.Const(value), frozenset())

    def _expression(self, source: str, steps: Steps) -> Expression:
        try:
            return self._language.parse(source.removeprefix("="), self._known)
        except ExpressionError as error:
            raise self._refusal(steps, str(error)) from error

    def _leaf(self, expression: Expression, steps: Steps, pointer: str = "") -> Leaf:
        headers = [
            self._model.columns[name].headers[0]
            for name in self._model.columns
            if name in self._columns_of(expression)
        ]
        compiled = partial(self._language.compile, [("_value", expression.node)])
        return Leaf(self._document.place(steps), pointer, ", ".join(headers), compiled)

    def _columns_of(self, expression: Expression) -> frozenset[str]:
        return _union(self._columns.get(name, frozenset()) for name in expression.names)

    def _refusal(self, steps: Steps, message: str) -> InputError:
        return InputError(
            f"{self._document.place(steps)}: {'.'.join(map(str, steps))}: {message.rstrip('.')}.",
            remedy="docs/howto/mapping.md explains the form.",
        )


def _numbered(rules: list[Expression]) -> nodes.Expr:
    """The number of the first rule that is met, or nothing."""
    chosen: nodes.Expr = nodes.Const(None)
    for number, rule in reversed(list(enumerate(rules))):
        chosen = nodes.CondExpr(rule.node, nodes.Const(number), chosen)
    return chosen


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)

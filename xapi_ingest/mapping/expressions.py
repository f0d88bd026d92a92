"""The language of expressions: Jinja's grammar, fenced in, compiled to Python by Jinja.

The fence is a list of what may stand in the syntax tree: names that the mapping declares,
constants, comparisons, logic, a choice, and our own functions. Look-ups of attributes, calls of
methods, loops and operators are rewritten to functions of ours, or refused when the mapping is
loaded, so that nothing of Python is within reach of a row or of a mapping.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from jinja2 import TemplateSyntaxError, nodes
from jinja2.compiler import generate
from jinja2.environment import Template
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_SOURCE: Final = 2_000

_KEPT: Final = (
    nodes.Const, nodes.Name, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword,
)  # fmt: skip
_OPERATORS: Final[dict[type[nodes.Node], str]] = {
    nodes.Add: "_add",
    nodes.Sub: "_subtract",
    nodes.Mul: "_multiply",
    nodes.Div: "_divide",
}
_REFUSED: Final[dict[type[nodes.Node], str]] = {
    nodes.Pow: "powers are not available",
    nodes.Mod: "the remainder is not available",
    nodes.FloorDiv: "use round(a / b)",
    nodes.Slice: "use left(text, count)",
}


class ExpressionError(Exception):
    """An expression that cannot be compiled; the message says why."""


class Expression(NamedTuple):
    """A parsed and fenced expression.

    Attributes:
        node: The rewritten syntax tree.
        names: Every name that it reads.
    """

    node: nodes.Expr
    names: frozenset[str]


class Language:
    """The expressions of one mapping: its functions and the names that it may use."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._environment = ImmutableSandboxedEnvironment(cache_size=0)
        self._environment.filters = dict(functions)
        self._public = frozenset(name for name in functions if not name.startswith("_"))
        self._rewrites: dict[type[nodes.Node], Callable[[Any, set[str]], nodes.Expr]] = {
            nodes.Call: self._of_call,
            nodes.Filter: self._of_filter,
            nodes.CondExpr: self._of_choice,
            nodes.Test: self._of_test,
            nodes.Concat: self._of_concat,
            nodes.Getattr: self._of_attribute,
            nodes.Getitem: self._of_item,
            nodes.Neg: self._of_negative,
        }

    def parse(self, source: str, known: Iterable[str]) -> Expression:
        """The expression in ``source``.

        Raises:
            ExpressionError: It is not one, or it uses a name or function that there is not.
        """
        if len(source) > MAX_SOURCE:
            raise ExpressionError(f"longer than {MAX_SOURCE} characters; divide it with let")
        try:
            parser = Parser(self._environment, source, state="variable")
            tree = parser.parse_expression()
            if not parser.stream.eos:
                raise ExpressionError(f"nothing may follow '{source.strip()}' here")
            names: set[str] = set()
            node = self._fenced(tree, names)
        except TemplateSyntaxError as error:
            raise ExpressionError(str(error.message)) from error
        except RecursionError as error:
            raise ExpressionError("nested too deeply; divide it with let") from error
        known = sorted(known)
        for name in sorted(names.difference(known)):
            raise ExpressionError(f"there is no '{name}'; there are {', '.join(known)}")
        return Expression(node, frozenset(names))

    def compile(self, assignments: Iterable[tuple[str, nodes.Expr]]) -> "Program":
        """A program that works out ``assignments`` in turn; each may use those before it."""
        body: list[nodes.Node] = [
            nodes.Assign(nodes.Name(name, "store"), node, lineno=1) for name, node in assignments
        ]
        tree = nodes.Template(body, lineno=1)
        tree.set_environment(self._environment)
        source = generate(tree, self._environment, "mapping", "mapping")
        code = compile(source or "", "mapping", "exec")
        return Program(Template.from_code(self._environment, code, {}))

    def _fenced(self, node: Any, names: set[str]) -> Any:
        kind = type(node)
        if kind in _OPERATORS:
            operands = [self._fenced(node.left, names), self._fenced(node.right, names)]
            return _function(_OPERATORS[kind], *operands)
        rewrite = self._rewrites.get(kind)
        if rewrite is not None:
            return rewrite(node, names)
        if kind not in _KEPT:
            reason = _REFUSED.get(kind, f"'{kind.__name__.lower()}' is not available")
            raise ExpressionError(f"{reason} in expressions")
        if kind is nodes.Name:
            names.add(node.name)
        for field, value in list(node.iter_fields()):
            if isinstance(value, nodes.Node):
                setattr(node, field, self._fenced(value, names))
            elif isinstance(value, list):
                setattr(node, field, [self._fenced(item, names) for item in value])
        return node

    def _call(self, name: str, values: list[Any], node: Any, names: set[str]) -> nodes.Filter:
        if name not in self._public:
            known = ", ".join(sorted(self._public))
            raise ExpressionError(f"there is no function '{name}'; there are {known}")
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            raise ExpressionError("* and ** cannot be used to pass arguments")
        first, *rest = [self._fenced(value, names) for value in values] or [None]
        if first is None:
            raise ExpressionError(f"{name}() needs something to work on")
        given = [self._fenced(pair, names) for pair in node.kwargs]
        return nodes.Filter(first, name, rest, given, None, None, lineno=1)

    def _of_call(self, node: nodes.Call, names: set[str]) -> nodes.Filter:
        if not isinstance(node.node, nodes.Name):
            raise ExpressionError("values have no methods; write function(value)")
        return self._call(node.node.name, list(node.args), node, names)

    def _of_filter(self, node: nodes.Filter, names: set[str]) -> nodes.Filter:
        return self._call(node.name, [node.node, *node.args], node, names)

    def _of_choice(self, node: nodes.CondExpr, names: set[str]) -> nodes.CondExpr:
        other = nodes.Const(None) if node.expr2 is None else self._fenced(node.expr2, names)
        return nodes.CondExpr(
            self._fenced(node.test, names), self._fenced(node.expr1, names), other, lineno=1
        )

    def _of_test(self, node: nodes.Test, names: set[str]) -> nodes.Filter:
        if node.name != "none":
            raise ExpressionError("the only test is: is none, is not none")
        return _function("_is_none", self._fenced(node.node, names))

    def _of_concat(self, node: nodes.Concat, names: set[str]) -> nodes.Filter:
        return _function("_concat", *(self._fenced(part, names) for part in node.nodes))

    def _of_attribute(self, node: nodes.Getattr, names: set[str]) -> nodes.Filter:
        return _function("_item", self._fenced(node.node, names), nodes.Const(node.attr))

    def _of_item(self, node: nodes.Getitem, names: set[str]) -> nodes.Filter:
        return _function("_item", self._fenced(node.node, names), self._fenced(node.arg, names))

    def _of_negative(self, node: nodes.Neg, names: set[str]) -> nodes.Filter:
        return _function("_subtract", nodes.Const(0), self._fenced(node.node, names))


def _function(name: str, first: nodes.Expr, *rest: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(first, name, list(rest), [], None, None, lineno=1)


class Program:
    """Compiled assignments. Calling it with the values of the names gives the results by name."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._run = template.root_render_func

    def __call__(self, values: dict[str, Any]) -> dict[str, Any]:
        """Work out every assignment.

        Raises:
            ValueProblemError: A function of ours objects.
            TypeError: Values are compared that cannot be.
        """
        context = self._template.new_context(values, shared=True)
        for _ in self._run(context):
            pass  # assignments write nothing
        return context.vars

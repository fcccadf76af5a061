"""Small changes to a module that a test should notice: one at a time, at one place of its syntax tree."""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

Field = tuple[str, int | None]
"""A field of a node and, where it holds a list, the place in it."""
Site = tuple[Field, ...]
"""The way from the module to a node."""

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NOT_RUN = ("annotation", "returns", "decorator_list", "format_spec", "bases")
"""Fields that say what something is, and do nothing."""


class Mutant(NamedTuple):
    """A module with one change."""

    path: Path
    line: int
    owner: int
    """The line where the function begins that was changed; 0 in the body of a class or module."""
    before: str
    after: str
    source: str


def sites(tree: ast.Module) -> list[Site]:
    """Return the places of a module at which something can be changed."""
    return [site for site, node in _walk(tree, ()) if list(_changes(node, tree, site))]


def mutant(path: Path, tree: ast.Module, site: Site, choice: int) -> Mutant:
    """Return the module changed at ``site``, by one of the changes that there are."""
    node = _at(tree, site)
    changes = list(_changes(node, tree, site))
    changed = changes[choice % len(changes)]
    mutated = copy.deepcopy(tree)
    _put(mutated, site, changed)
    source = ast.unparse(ast.fix_missing_locations(mutated))
    return Mutant(path, getattr(node, "lineno", 0), _owner(tree, site), _shown(node), _shown(changed), source)


def _walk(node: ast.AST, site: Site) -> Iterator[tuple[Site, ast.AST]]:
    if _is_passed_over(node):
        return
    yield site, node
    for name, value in ast.iter_fields(node):
        if name in NOT_RUN or (isinstance(node, ast.ClassDef) and name == "keywords"):
            continue
        for place, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST):
                yield from _walk(child, (*site, (name, place if isinstance(value, list) else None)))


def _is_passed_over(node: ast.AST) -> bool:
    """Tell whether nothing in a node is anybody's promise: sentences of the log, types, the words of an assertion."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="log")))):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Call(func=ast.Name(id="TypeVar" | "NewType" | "cast")):
            return True
        case ast.Subscript(value=ast.Name(id="Literal" | "Annotated" | "Callable" | "ClassVar")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.BitOr())):
            return name.istitle()  # one type or another
    return False


def _changes(node: ast.AST, tree: ast.Module, site: Site) -> Iterator[ast.AST]:
    """Yield what a node can be changed into."""
    match node:
        case ast.Return(value=ast.expr() as value):
            yield ast.Return(_other_result(value, _function(tree, site)))
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(_negated(test), body, orelse)
        case ast.Expr(value=ast.Call() | ast.Await()) | ast.AugAssign() | ast.Raise() | ast.Delete() | ast.Continue():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.expr() | ast.comprehension():
            yield from _other_expressions(node)


def _other_expressions(node: ast.expr | ast.comprehension) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=compared):
            for other in COMPARED[type(operator)]:
                yield ast.Compare(left, [other()], compared)
        case ast.BoolOp(op=operator, values=values):
            yield ast.BoolOp(ast.And() if isinstance(operator, ast.Or) else ast.Or(), values)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in COUNTED and not _is_text(left, right):
            yield ast.BinOp(left, COUNTED[type(operator)](), right)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.IfExp(test=test, body=then, orelse=otherwise):
            yield ast.IfExp(_negated(test), then, otherwise)
        case ast.comprehension(target=target, iter=items, ifs=[test, *more], is_async=is_async):
            yield ast.comprehension(target, items, [_negated(test), *more], is_async)
        case ast.Call(func=ast.Name(id="min" | "max" | "suppress")):
            return  # the order of its arguments makes no difference
        case ast.Call(func=function, args=[first, second, *more], keywords=keywords):
            if not any(isinstance(argument, ast.Starred) for argument in (first, second)) and not _same(first, second):
                yield ast.Call(function, [second, first, *more], keywords)


def _same(first: ast.expr, second: ast.expr) -> bool:
    """Tell whether nothing would change if the two changed places."""
    return ast.dump(first) == ast.dump(second)


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _is_text(*operands: ast.expr) -> bool:
    return any(
        isinstance(one, ast.JoinedStr) or (isinstance(one, ast.Constant) and isinstance(one.value, str))
        for one in operands
    )


def _other_result(value: ast.expr, function: ast.AST | None) -> ast.expr:
    returns = ast.unparse(function.returns) if isinstance(function, ast.FunctionDef) and function.returns else ""
    if returns == "bool":
        return _negated(value)
    if returns in ("int", "float"):
        return ast.BinOp(value, ast.Add(), ast.Constant(1))
    empty: ast.expr | None = None
    if returns == "str":
        empty = ast.Constant("")
    if returns.startswith("tuple[") and returns.endswith("...]"):
        empty = ast.Tuple([], ast.Load())
    if returns.startswith("list["):
        empty = ast.List([], ast.Load())
    if empty is not None and ast.unparse(empty) != ast.unparse(value):
        return empty
    return ast.Constant(None if not (isinstance(value, ast.Constant) and value.value is None) else 0)


def _at(tree: ast.Module, site: Site) -> ast.AST:
    node: ast.AST = tree
    for name, place in site:
        value = getattr(node, name)
        node = value if place is None else value[place]
    return node


def _put(tree: ast.Module, site: Site, changed: ast.AST) -> None:
    *way, (name, place) = site
    parent = _at(tree, tuple(way))
    if place is None:
        setattr(parent, name, changed)
    else:
        getattr(parent, name)[place] = changed


def _function(tree: ast.Module, site: Site) -> ast.AST | None:
    """Return the innermost function around a place."""
    around = [_at(tree, site[:depth]) for depth in range(len(site) + 1)]
    functions = [node for node in around if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return functions[-1] if functions else None


def _owner(tree: ast.Module, site: Site) -> int:
    function = _function(tree, site)
    return first_line(function) if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) else 0


def first_line(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the line at which the interpreter says that a function begins: that of its first decorator."""
    return min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
    return text if len(text) < 100 else f"{text[:97]}…"

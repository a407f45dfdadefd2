"""A student's names as a test meets them: plain data by value, everything else as a proxy."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.examiner.session import Session

Node = list[Any]


class AuthorError(Exception):
    """A test asks a student's object for something that it must not be trusted with."""


class StudentError(Exception):
    """An exception of a student's own class, or one that would end the process."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}" if message else kind)
        self.kind = kind


class Remote:
    """One object that stayed in the worker.

    Calls, attributes, indexing and arithmetic are forwarded. Whatever is a verdict (`==`, truth,
    `in`, order, `isinstance`) is refused: the student's object would be the judge.
    """

    __slots__ = ("_remote_node", "_remote_origin", "_remote_session")
    __hash__ = object.__hash__
    # numpy must not take the object apart on its own: arithmetic comes to the methods below
    __array_ufunc__ = None

    def __init__(self, session: "Session", node: Node, origin: str) -> None:
        object.__setattr__(self, "_remote_session", session)
        object.__setattr__(self, "_remote_node", node)
        object.__setattr__(self, "_remote_origin", origin)

    @property
    def __name__(self) -> str:
        return str(_node(self)[3])

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the worker."""
        return _do(self, "call", *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _do(self, "attribute", name)

    def __setattr__(self, name: str, value: Any) -> None:
        _do(self, "set_attribute", name, value)

    def __len__(self) -> int:
        length = _do(self, "length")
        if type(length) is not int:
            raise TypeError("len() gave no integer")
        return length

    def __iter__(self) -> Iterator[Any]:
        if "iter" not in _flags(self) and not hasattr(type(self), "__next__"):
            raise TypeError(f"a {type(self).__name__} cannot be looped over")
        it = _do(self, "iterate")
        # an iterator that is plain data would be a list by now
        return iter(it) if not isinstance(it, Remote) else _Iterated(it)

    def __next__(self) -> Any:
        return _do(self, "next")

    def __float__(self) -> float:
        return float(_do(self, "float"))

    def __int__(self) -> int:
        return int(_do(self, "int"))

    def __repr__(self) -> str:
        return f"<the student's {type(self).__name__}>"

    def __array__(self, *_: object, **__: object) -> Any:
        raise TypeError(f"a {type(self).__name__} is not an array")

    def _refuse(self, what: str, instead: str) -> AuthorError:
        return AuthorError(f"a test must not ask a student's object {what}; {instead}")

    def __eq__(self, _other: object) -> bool:
        raise self._refuse("whether it is equal", "compare its attributes or results")

    def __ne__(self, _other: object) -> bool:
        raise self._refuse("whether it is unequal", "compare its attributes or results")

    def __lt__(self, _other: object) -> bool:
        raise self._refuse("which is smaller", "compare numbers, such as float(x.data)")

    __le__ = __gt__ = __ge__ = __lt__

    def __bool__(self) -> bool:
        raise self._refuse("whether it is true", "check an attribute, a length or a result")

    def __contains__(self, _item: object) -> bool:
        raise self._refuse("what it contains", "turn it into a list first: item in list(x)")

    def __instancecheck__(self, _instance: object) -> bool:
        raise self._refuse("for its instances", "check what the object does, not what it is")

    def __subclasscheck__(self, _subclass: type) -> bool:
        raise self._refuse("for its subclasses", "check what the class does, not what it is")


class _Iterated:
    """Goes through a student's iterator one item at a time."""

    def __init__(self, it: Remote) -> None:
        self._it = it

    def __iter__(self) -> "_Iterated":
        return self

    def __next__(self) -> Any:
        return _do(self._it, "next")


def _node(remote: Remote) -> Node:
    node: Node = object.__getattribute__(remote, "_remote_node")
    return node


def _flags(remote: Remote) -> Sequence[str]:
    flags: Sequence[str] = _node(remote)[4]
    return flags


def _do(remote: Remote, what: str, *args: Any, **kwargs: Any) -> Any:
    session: Session = object.__getattribute__(remote, "_remote_session")
    return session.do(what, remote, *args, **kwargs)


def _forward(name: str, *, swapped: bool = False) -> Callable[..., Any]:
    def method(self: Remote, *others: Any) -> Any:
        session: Session = object.__getattribute__(self, "_remote_session")
        operands = (*others, self) if swapped else (self, *others)
        return session.do(name, *operands)

    return method


_BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
_UNARY = ("neg", "pos", "abs")
# what only objects of a class that the exercise asks for are asked to do
ARITHMETIC = frozenset((*_BINARY, *_UNARY, "float", "int"))
for _name in _BINARY:
    setattr(Remote, f"__{_name}__", _forward(_name))
    setattr(Remote, f"__r{_name}__", _forward(_name, swapped=True))
for _name in (*_UNARY, "getitem", "setitem", "delitem"):
    setattr(Remote, f"__{_name}__", _forward(_name))

_kinds: dict[str, type[Remote]] = {}


def make_remote(session: "Session", node: Node, origin: str) -> Remote:
    """The proxy of an object, of a class that bears the name of the object's own class.

    A check then says "got a Value", not "got a Remote".

    Parameters
    ----------
    origin : str
        How the test came by it, such as "Layer" or "Layer().forward". What the object says of
        itself is no evidence: a student may name anything.
    """
    name = node[2] if len(node[2]) <= 100 and node[2].isidentifier() else "object"
    kind = _kinds.get(name)
    if kind is None:
        kind = type(name, (Remote,), {"__slots__": ()})
        # a student may name ten thousand classes; only some are remembered
        if len(_kinds) < 1000:
            _kinds[name] = kind
    return kind(session, node, origin)


def remote_node(remote: Remote) -> Node:
    """What the worker called the object by."""
    return _node(remote)


def origin_of(remote: Remote) -> str:
    """How the test came by the object: a name, or what was done to one."""
    origin: str = object.__getattribute__(remote, "_remote_origin")
    return origin

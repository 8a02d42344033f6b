"""A store whose answers are asked for once: analyses that run together see one moment, and read it once."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import pandas as pd

Store = TypeVar("Store")


def at_one_moment(store: Store) -> Store:
    """Return a store to read from that asks each question once and keeps the answer.

    A coder who goes on while analyses run does not make them see different codings.

    Parameters
    ----------
    store : Store
        A coding store, or one as it stood on a day. Questions with arguments are passed on every time.
    """
    return cast("Store", _OneMoment(store))


class _OneMoment:
    def __init__(self, store: Any) -> None:
        self._store, self._said = store, dict[str, Any]()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        ask = getattr(self._store, name)

        def answer(*given: Any, **named: Any) -> Any:
            if given or named:
                return ask(*given, **named)
            if name not in self._said:
                self._said[name] = ask()
            said = self._said[name]
            return said.copy(deep=False) if isinstance(said, pd.DataFrame) else said

        return answer

"""Which code is this code now? Pure: changes of codes in, in their order, answers out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from workbench.coding.acts import Act


@dataclass(eq=False)
class _Code:
    """One code, whatever it was called."""

    name: str
    own: set[str]  # its names, former ones too; what was merged into it is not among them
    parts: list[str] = field(default_factory=list)
    retired: bool = False
    moved: bool = False
    under: str = ""


class PresentCodes:
    """What became of codes. A code that was never changed is itself.

    Codes only ever become one, and never come apart again: each change is
    about what its code has become by then. So stores that changed codes
    without knowing of each other show the same after a merge, and no coding
    is left behind under a name that somebody else gave up.

    Parameters
    ----------
    changes : iterable of Act
        Changes of codes that nobody has undone, in the order of their ids.
    """

    def __init__(self, changes: Iterable[Act] = ()) -> None:
        self._codes: dict[str, _Code] = {}
        self._split: dict[str, set[str]] = {}
        for change in changes:
            self.add(change)

    def add(self, change: Act) -> None:
        """Take in one more change, later than all before."""
        targets = [target for target in (change.target or "").split("\n") if target]
        for code in (change.code or "").split("\n"):
            one = self._one(code)
            if change.kind == "split-code":
                self._split.setdefault(code, set()).update(targets)
            if change.kind == "merge-code":
                self._merge(code, one, targets[0])
            elif change.kind == "rename-code":
                self._rename(code, one, targets[0])
            elif code not in one.own:
                continue  # it was merged into another, which this is not about
            elif change.kind == "split-code":
                one.parts += [part for part in targets if part not in one.parts]
            elif change.kind == "retire-code":
                one.retired = True
            elif change.kind == "move-code":
                one.moved, one.under = True, targets[0] if targets else ""

    def _rename(self, code: str, one: _Code, to: str) -> None:
        other = self._one(to)
        if other is not one:
            self._join(other, one)
        if code in one.own:
            one.own |= {to, *other.own}
            one.name = to

    def _merge(self, code: str, one: _Code, into: str) -> None:
        other = self._one(into)
        if other is not one and code in one.own:  # merged before, it stays where it went first
            self._join(one, other)

    def _join(self, one: _Code, into: _Code) -> None:
        for name, found in self._codes.items():
            if found is one:
                self._codes[name] = into

    def _one(self, code: str) -> _Code:
        return self._codes.setdefault(code, _Code(code, {code}))

    def now(self, code: str) -> str:
        """Return what the code is called now."""
        found = self._codes.get(code)
        return found.name if found else code

    def parts(self, code: str) -> tuple[str, ...]:
        """Return the codes that a split code was split into, as they are called now; none where nothing waits."""
        one = self._codes.get(code)
        if one is None or any(self._codes.get(part) is one for part in one.parts):
            return ()
        found: dict[str, None] = {}
        for part in one.parts:
            later = [] if one.name in self._reached(part) else self.parts(part)
            found |= dict.fromkeys(later or [self.now(part)])
        return tuple(found)

    def may_become(self, code: str, new: str) -> bool:
        """Tell whether a coding with this code may be given the new one, because it was split, and perhaps again."""
        return self.now(new) in self._reached(code)

    def _reached(self, code: str) -> set[str]:
        """Return all parts and parts of parts; what a code was split into stays so when its rest is merged away."""
        found, ahead = set[str](), [code]
        while ahead:
            parts = {self.now(part) for name in self.names(ahead.pop()) for part in self._split.get(name, ())}
            ahead += parts - found
            found |= parts
        return found

    def retired(self, code: str) -> bool:
        """Tell whether no new coding may have the code."""
        one = self._codes.get(code)
        return one is not None and one.retired

    def under(self, code: str) -> str | None:
        """Return the code that it was moved under, "" for none; None where nobody moved it."""
        one = self._codes.get(code)
        return (one.under and self.now(one.under)) if one and one.moved else None

    def former_names(self, code: str) -> set[str]:
        """Return every name that the code itself had, with the one that it has; not those of codes merged into it."""
        one = self._codes.get(code)
        return set(one.own) if one else {code}

    def names(self, code: str) -> tuple[str, ...]:
        """Return everything that is this code now, sorted: its names, and the codes merged into it."""
        one = self._codes.get(code)
        return tuple(sorted(name for name, found in self._codes.items() if found is one)) if one else (code,)

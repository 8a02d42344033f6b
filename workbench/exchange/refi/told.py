"""What was tolerated, mended or left out, told once a kind with its places."""

from collections.abc import Sequence

from workbench.errors import Problem


class Told:
    """Collects problems of one file; the same thing found in many places becomes one problem.

    Parameters
    ----------
    file : str
        Its name, which begins each place.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[tuple[str, str, str], tuple[list[str], Sequence[str]]] = {}

    def add(
        self, what: str, where: object = "", *, many: str = "", remedy: str = "", choices: Sequence[str] = ()
    ) -> None:
        """Note one thing.

        Parameters
        ----------
        what : str
            What it is, when found once; also groups where `many` is empty.
        where : object
            An element (its line is told), or words.
        many : str
            What it is, with `{}` for how many, when found more than once.
        """
        line = getattr(where, "sourceline", None)
        place = f"line {line}" if line else "" if line is None and not isinstance(where, str) else str(where)
        key = (many or what, what if not many else "", remedy)
        places, _ = self._found.setdefault(key, ([], choices))
        places.append(f"{place}\x1f{what}")

    def problems(self) -> tuple[Problem, ...]:
        """Return what was found, in order of the first place."""
        told = []
        for (many, _, remedy), (found, choices) in self._found.items():
            place, what = found[0].split("\x1f", 1)
            where = ", ".join(part for part in (self.file, place) if part)
            if len(found) > 1:
                what = many.format(f"{len(found):,}") if "{}" in many else f"{what} (so in {len(found):,} places)"
                where = f"{where} and on" if place else where
            told.append(Problem(place=where, what=what, remedy=remedy, choices=choices))
        return tuple(told)


def counted(number: int, thing: str) -> str:
    """Return `1 coding`, `2 codings`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"

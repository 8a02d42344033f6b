"""What can go wrong, said so that its reader can put it right.

One family, one shape: place, value, choices, remedy. All problems of an
input are collected and told together, and each class carries the exit code
that the command line returns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

MOST_CHOICES = 24
"""Choices that are told; of more, so many and how many are left."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong with an input.

    Parameters
    ----------
    place : str
        File, and sheet, row, line or column where known.
    what : str
        What is wrong, with the offending value.
    choices : Sequence[str]
        What would have been accepted, when that is a closed list.
    remedy : str
        What to do about it.
    """

    place: str
    what: str
    choices: Sequence[str] = ()
    remedy: str = ""

    def __str__(self) -> str:
        parts = [f"{self.place}: {self.what}."]
        if self.choices:
            shown = ", ".join(str(choice) for choice in list(self.choices)[:MOST_CHOICES])
            more = f" and {len(self.choices) - MOST_CHOICES} more" if len(self.choices) > MOST_CHOICES else ""
            parts.append(f"Known: {shown}{more}.")
        if self.remedy:
            parts.append(self.remedy if self.remedy.endswith((".", "?")) else f"{self.remedy}.")
        return " ".join(parts)


class WorkbenchError(Exception):
    """Base of all errors that a user can put right; never shown with a traceback."""

    exit_code = 2


class InputError(WorkbenchError):
    """An input or a call that cannot be used, with every problem found in it.

    Parameters
    ----------
    problems : Problem or str, or an iterable of them
        What is wrong. A plain string is a problem without a place.
    """

    def __init__(self, problems: "str | Problem | Iterable[Problem | str]") -> None:
        self.problems: tuple[Problem | str, ...] = (
            (problems,) if isinstance(problems, str | Problem) else tuple(problems)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Refused(WorkbenchError):
    """The disclosure gate does not let this out."""

    exit_code = 3


class MissingPart(WorkbenchError):
    """A part that this work needs is not installed.

    Parameters
    ----------
    part : str
        The package that could not be imported.
    extra : str
        The extra of this project that brings it.
    """

    exit_code = 4

    def __init__(self, part: str, extra: str) -> None:
        super().__init__(
            f"This needs {part}, which is not installed. Install it with: pip install 'workbench-evaluation[{extra}]'"
        )


class Problems:
    """Collects problems, so that a user sees all of them at once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, place: str, what: str, *, choices: Sequence[str] = (), remedy: str = "") -> None:
        """Note one problem and go on."""
        self.found.append(Problem(place=place, what=what, choices=choices, remedy=remedy))

    def raise_if_any(self) -> None:
        """Raise one `InputError` that holds them all."""
        if self.found:
            raise InputError(self.found)


def did_you_mean(value: str, choices: Iterable[str]) -> str:
    """Return a remedy that names the nearest known value, or an empty string.

    Examples
    --------
    >>> did_you_mean("assesment", ["assessment", "referral"])
    "Did you mean 'assessment'?"
    """
    near = get_close_matches(value, list(choices), n=1)
    return f"Did you mean {near[0]!r}?" if near else ""

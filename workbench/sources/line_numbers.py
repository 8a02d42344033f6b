"""Line numbers that a transcript prints beside its talk are told from numbers that people say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from workbench.sources.line import Line

FEWEST = 4
"""Numbers that make a count."""
MOSTLY = 0.8
"""Share of lines, and of steps, that must fit."""
_NUMBER = re.compile(r"^(?P<number>\d{1,5})(?:\s*[|\t]\s*|\s+|$)")


def printed_numbers(lines: Sequence[Line]) -> list[Line]:
    """Move printed line numbers from the words to `Line.printed`.

    They count as printed when nearly every line of talk begins with the next
    number, or every fifth (or tenth) line with the next multiple of five
    (ten): then the lines between are counted. A count may begin anew with a
    page. A number with a full stop or a
    bracket (`1. How …`) is a question's, not a line's. A line that holds
    nothing but its number is left out: it has no words.

    Parameters
    ----------
    lines : Sequence[Line]
        In order.

    Returns
    -------
    list of Line
        The same lines; all of them untouched where the numbers make no count.
    """
    talk = [place for place, line in enumerate(lines) if not line.aside]
    numbers = {place: int(found["number"]) for place in talk if (found := _NUMBER.match(lines[place].text))}
    every = _every_line(talk, numbers)
    shown = every or _every_few(talk, numbers)
    counted = shown if every else _between(talk, shown)
    return [
        one
        for place, line in enumerate(lines)
        for one in (_peel(line) if place in shown else [replace(line, printed=counted.get(place, line.printed))])
    ]


def _every_line(talk: Sequence[int], numbers: dict[int, int]) -> dict[int, int]:
    """Return the lines of a count of all lines; empty lines may be counted though they are not here."""
    if len(numbers) < max(FEWEST, MOSTLY * len(talk)):
        return {}
    counted = list(numbers.values())
    steps = [after - before for before, after in pairwise(counted)]
    good = sum(1 <= step <= 3 or after <= 2 for step, after in zip(steps, counted[1:], strict=True))
    return numbers if good >= 0.9 * len(steps) and sum(step == 1 for step in steps) >= 0.4 * len(steps) else {}


def _every_few(talk: Sequence[int], numbers: dict[int, int]) -> dict[int, int]:
    """Return the lines of a count that is printed on every fifth or tenth line."""
    order = {place: position for position, place in enumerate(talk)}
    for few in (5, 10):
        chain: list[int] = []
        for place, number in numbers.items():
            begins = number == few and (not chain or numbers[chain[-1]] > few)
            if begins or (chain and number == numbers[chain[-1]] + few):
                chain.append(place)
        apart = [order[after] - order[before] for before, after in pairwise(chain)
                 if numbers[after] > numbers[before]]  # fmt: skip
        right = sum(few - 2 <= distance <= few for distance in apart)
        covers = len(chain) * few >= MOSTLY * (len(talk) - few)
        if len(chain) >= FEWEST and covers and right >= MOSTLY * len(apart):
            return {place: numbers[place] for place in chain}
    return {}


def _between(talk: Sequence[int], shown: dict[int, int]) -> dict[int, int]:
    """Count the lines between two printed numbers, where as many stand there as the numbers say."""
    counted: dict[int, int] = {}
    last, pending = 0, list[int]()
    for place in talk:
        if place not in shown:
            pending.append(place)
            continue
        before = last if shown[place] > last else 0
        if shown[place] - before == len(pending) + 1 or (before == 0 and len(pending) >= shown[place] - 1):
            fitting = pending[len(pending) - (shown[place] - before - 1) :]
            counted |= {one: number for number, one in enumerate(fitting, before + 1)}
        last, pending = shown[place], []
    return counted | shown


def _peel(line: Line) -> Iterator[Line]:
    found = _NUMBER.match(line.text)
    text = line.text[found.end() :].strip() if found else ""
    if found and text:
        lead = line.lead
        if lead is not None:
            again = _NUMBER.match(lead)
            lead = (lead[again.end() :].strip() if again else lead) or None
        yield replace(line, text=text, lead=lead, printed=int(found["number"]))

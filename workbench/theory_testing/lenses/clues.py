"""Clues for process tracing as people write them down: what to look for, and how likely each thought it beforehand."""

import datetime
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from workbench.definitions import Yaml, read_yaml, validate
from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.provenance import hash_text
from workbench.theory import Theory
from workbench.theory.model import arrow

Found = Literal["yes", "no", "not looked"]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _probability(given: Any) -> float:
    """Return a number from 0 to 1; a yes, a word or a percentage is none."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise PydanticCustomError("number", "a probability is a number from 0 to 1, such as 0.4")
    if not 0 <= given <= 1:
        raise PydanticCustomError("probability", "a probability lies between 0 and 1; write 40 per cent as 0.4")
    return float(given)


def _range(given: Any) -> Any:
    """Return two numbers, the lower one first."""
    if not isinstance(given, list | tuple) or len(given) != 2:
        raise PydanticCustomError("range", "a range is two probabilities, such as [0.3, 0.5]")
    if all(type(end) in (int, float) for end in given) and given[0] > given[1]:
        ends = {"low": given[1], "high": given[0]}
        raise PydanticCustomError("reversed", "the range runs backwards; write [{low}, {high}]", ends)
    return given


def _found(given: Any) -> Any:
    """Return the word for what YAML reads as true or false: it takes an unquoted yes for true."""
    return {True: "yes", False: "no"}[given] if isinstance(given, bool) else given


Probability = Annotated[float, BeforeValidator(_probability)]
Range = Annotated[tuple[Probability, Probability], BeforeValidator(_range)]


class Entry(BaseModel):
    """Base of what the file holds: unknown keys are refused, content does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Analyst(Entry):
    """How likely one person thought a clue, before they saw whether it is there.

    Attributes
    ----------
    by : str
        Who.
    date : date
        On which day they said so.
    if_true, if_false : tuple of (float, float)
        Lowest and highest probability to find the clue if the link holds, and if it does not.
    """

    by: Text
    date: datetime.date
    if_true: Range
    if_false: Range


class Clue(Entry):
    """Something that is more, or less, likely to be found if a link holds.

    Attributes
    ----------
    id : str
        Stable and short.
    link : str
        Link of the theory that it bears on.
    clue : str
        What to look for, in words.
    found : {"yes", "no", "not looked"}
        What came of the search. A clue that nobody looked for says nothing.
    group : str or None
        Clues of one dependence group rest on the same words; only the strongest of them counts.
    codings : tuple of str
        Ids of the codings in which it was found.
    analysts : tuple of Analyst
        Two or more, or it is not counted.
    """

    id: Text
    link: Annotated[Text, BeforeValidator(lambda given: arrow(given) if isinstance(given, str) else given)]
    clue: Text
    found: Annotated[Found, BeforeValidator(_found)] = "not looked"
    group: Text | None = None
    codings: tuple[Text, ...] = ()
    analysts: tuple[Analyst, ...] = ()

    @property
    def sealed(self) -> str:
        """SHA-256 of the link, the clue's words and everybody's ranges: what is written before anybody looks."""
        said = sorted(f"{one.by}\x1f{one.if_true}\x1f{one.if_false}" for one in self.analysts)
        return hash_text(unicodedata.normalize("NFC", "\x00".join((self.link, self.clue, *said))))


class TracingFile(Entry):
    """A tracing.yaml as it is written."""

    prior: Range = (0.5, 0.5)
    clues: tuple[Clue, ...] = Field(min_length=1)


@dataclass(frozen=True, kw_only=True)
class Clues:
    """Clues for process tracing, read and checked.

    Parameters
    ----------
    clues : Mapping[str, Clue]
        By id, in the file's order.
    prior : tuple of (float, float)
        Probability that a link holds, before any clue: even odds unless the file says otherwise.
    path : Path
        The file.
    sha256 : str
        Hash of its text.
    places : Mapping[str, str]
        Id to file and line.
    """

    clues: Mapping[str, Clue]
    prior: tuple[float, float] = (0.5, 0.5)
    path: Path
    sha256: str
    places: Mapping[str, str] = field(default_factory=dict, repr=False)


def read_clues(path: Path | str, theory: Theory | None = None) -> Clues:
    """Read and check clues for process tracing.

    Parameters
    ----------
    path : Path or str
        A tracing.yaml: `clues`, each with id, link, clue, found (yes, no, not looked), group, codings, and analysts,
        each with by, date, if_true and if_false (two numbers from 0 to 1); optionally `prior`, a range.
    theory : Theory, optional
        When given, clues must bear on its links.

    Returns
    -------
    Clues
        By id, in the file's order.

    Raises
    ------
    InputError
        With every problem, each with file and line: probabilities outside 0 to 1, ranges that run backwards, links
        that are not in the theory, ids that stand twice, an analyst twice on one clue, unknown keys, code in the YAML.
    """
    source = read_yaml(path)
    problems: list[Problem | str] = []
    file: TracingFile | None = None
    try:
        file = validate(source, TracingFile)
    except InputError as error:
        problems.extend(error.problems)
    problems.extend(_reference_problems(source, theory))
    if file is None or problems:
        raise InputError(problems)
    return Clues(
        clues={clue.id: clue for clue in file.clues},
        prior=file.prior,
        path=source.path,
        sha256=source.sha256,
        places={clue.id: source.place("clues", position) for position, clue in enumerate(file.clues)},
    )


def _reference_problems(source: Yaml, theory: Theory | None) -> list[Problem]:
    """Return what stands twice or does not exist; on the plain data, so that it is told with problems of shape."""
    problems = Problems()
    prior = source.data.get("prior") if isinstance(source.data, dict) else None
    if isinstance(prior, list) and any(end in (0, 1) for end in prior):
        what = f"prior is {prior}: no evidence moves a probability of 0 or 1"
        problems.add(source.place("prior"), what, remedy="Give a range that leaves room to learn")
    clues = list(_dicts(source.data, "clues"))
    _told_twice(source, clues, ("clues",), "id", "the clue", problems)
    for position, clue in clues:
        link = arrow(str(clue.get("link")))
        if theory is not None and "link" in clue and link not in theory.links:
            remedy = did_you_mean(link, theory.links) or "Name a link by its ends, such as A11→M09"
            where = source.place("clues", position, "link")
            problems.add(where, f"the theory has no link {clue['link']!r}", remedy=remedy)
        analysts, noun = _dicts(clue, "analysts"), f"of clue {clue.get('id')} the analyst"
        _told_twice(source, analysts, ("clues", position, "analysts"), "by", noun, problems)
    _check_names(source, clues, problems)
    return problems.found


def _check_names(source: Yaml, clues: Iterable[tuple[int, dict[str, Any]]], problems: Problems) -> None:
    """Note an analyst whose name is written in two ways: they would count as two people."""
    first: dict[str, str] = {"all": ""}
    for position, clue in clues:
        for inner, analyst in _dicts(clue, "analysts"):
            name = str(analyst.get("by"))
            written = first.setdefault(_plain(name), name)
            where = source.place("clues", position, "analysts", inner, "by")
            if not written:
                problems.add(
                    where, f"an analyst is called {name!r}, which stands for all of them", remedy="Add a letter"
                )
            elif written.strip() != name.strip():
                problems.add(where, f"{name!r} stands elsewhere as {written!r}", remedy="Write a name in one way")


def _told_twice(
    source: Yaml,
    entries: Iterable[tuple[int, dict[str, Any]]],
    inside: tuple[str | int, ...],
    key: str,
    noun: str,
    problems: Problems,
) -> None:
    """Note every name that another entry has, however it is spaced or capitalised."""
    first: dict[str, int] = {}
    for position, entry in entries:
        if entry.get(key) is None:
            continue
        where = (*inside, position, key)
        name = _plain(str(entry[key]))
        if name in first:
            what = f"{noun} {entry[key]} stands also on line {first[name]}"
            problems.add(source.place(*where), what, remedy="Keep one of them, or give one another name")
        first.setdefault(name, source.line(*where))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _dicts(data: Any, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = data.get(key) if isinstance(data, dict) else None
    for position, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, dict):
            yield position, entry

"""What a person should look at in one transcript, each with its line and what to do."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from workbench.corpus.attributes import METADATA, declared_twice, speaker_roles
from workbench.corpus.document import SEVERAL, UNKNOWN, Turn
from workbench.corpus.labels import voice
from workbench.corpus.segmentation import Segmented
from workbench.corpus.speakers import alike, looks_like_a_speaker
from workbench.sources import Line, Reading

LONG = 2_500
"""Words of one turn, about a quarter of an hour of talk, in which somebody else's label may be missing."""
MUCH = 0.1
"""Share of turns with words missing from which the recording should be listened to again."""


def find_doubts(
    reading: Reading, segmented: Segmented, attributes: Mapping[str, str], roles: Mapping[str, str]
) -> list[str]:
    """Return the doubts of a transcript: `line 6: 'Tariq' could be a speaker …. What to do about it`.

    Parameters
    ----------
    reading : Reading
        The file.
    segmented : Segmented
        Its text and turns.
    attributes : Mapping[str, str]
        Its row of the metadata.
    roles : Mapping[str, str]
        Speaker to role.
    """
    doubts = _like_each_other(reading.doubts)
    if reading.encoding == "cp1252" and not any("1252" in doubt for doubt in doubts):
        doubts.append("read as Windows-1252. Check quotes and dashes")
    first: dict[str, Turn] = {}
    for turn in segmented.turns:
        first.setdefault(turn.speaker, turn)
    if set(first) == {UNKNOWN}:
        doubts.append(
            "no speaker is named anywhere; every turn is of an unknown speaker. Write a label before each turn"
        )
    doubts += _read_as_talk(reading, segmented)
    doubts += _mistyped(reading, segmented, attributes)
    unit = "line" if any(line.printed for line in reading.lines) else reading.unit
    doubts += _roles(unit, first, attributes, roles)
    doubts += _turns(unit, segmented.text, segmented.turns)
    declared = speaker_roles(attributes)
    unnamed = [turn for turn in segmented.turns if turn.speaker == UNKNOWN]
    if unnamed and len(first) > 1 and UNKNOWN not in {voice(name, set()) for name in declared}:
        n = f"{len(unnamed)} turns" if len(unnamed) > 1 else "one turn"
        doubts.append(
            f"{unit} {unnamed[0].line}: nobody is named in {n}; counted for nobody. Name the voice where it can be told"
        )
    return doubts


def _like_each_other(doubts: Sequence[str]) -> list[str]:
    """Tell the first of many doubts that differ in their numbers alone, and how many more there are."""
    kinds: dict[str, list[str]] = {}
    for doubt in doubts:
        kinds.setdefault(re.sub(r"\d+(?:\.\d+)?", "0", doubt), []).append(doubt)
    return [
        told if len(same) == 1 else f"{told} ({len(same) - 1} more like it)"
        for same in kinds.values()
        for told in same[:1]
    ]


def place_of(line: Line, unit: str) -> str:
    """Name a line as its reader finds it: as printed, or counted."""
    return f"line {line.printed}" if line.printed else f"{unit} {line.number}"


def _read_as_talk(reading: Reading, segmented: Segmented) -> Iterator[str]:
    rows = list(zip(reading.lines, segmented.labels, segmented.possible, strict=True))
    begins = next((at for at, (line, label, _) in enumerate(rows) if line.speaker is not None or label), len(rows))
    places: dict[str, list[str]] = {}
    for line, label, maybe in rows[begins:]:
        if maybe and not label and looks_like_a_speaker(maybe.name):
            places.setdefault(maybe.name, []).append(place_of(line, reading.unit))
    for name, where in places.items():
        times = f", {len(where)} times" if len(where) > 1 else ""
        yield (
            f"{where[0]}: {name!r} could be a speaker; read as talk{times}. "
            f"Declare it in {METADATA}, column speakers, if it is one"
        )


def _mistyped(reading: Reading, segmented: Segmented, attributes: Mapping[str, str]) -> Iterator[str]:
    """Tell labels that nearly are another one, or that stand only once among many."""
    times: Counter[str] = Counter()
    first: dict[str, Line] = {}
    for line, label in zip(reading.lines, segmented.labels, strict=True):
        name = "" if line.aside else line.speaker or (label.name if label else "")
        if name:
            times[name] += 1
            first.setdefault(name, line)
    declared = speaker_roles(attributes)
    known = {name.casefold() for name in times}
    timed = {label.name for label in segmented.labels if label and label.style == "time"}  # a time vouches for a label
    enough = reading.unit != "cue" and len(times) > 2 and sum(times.values()) >= 20
    for name, n in times.items():
        if name in declared:
            continue
        where = place_of(first[name], reading.unit)
        near = next((other for other in sorted({*times, *declared}) if _is_meant(other, name, times, declared)), None)
        if near is not None:
            yield f"{where}: the label {name!r} may be {near!r}; kept apart. Write it the same way if it is"
        elif n == 1 and enough and voice(name, known) == name and name not in timed:
            yield f"{where}: the label {name!r} stands only once. Check that somebody speaks there"


def _is_meant(other: str, name: str, times: Mapping[str, int], declared: Collection[str]) -> bool:
    """Tell whether a label may be another one, which is declared, or commoner."""
    return alike(name, other) and (other in declared or (times[other], other) > (times[name], name))


def _roles(
    unit: str, first: Mapping[str, Turn], attributes: Mapping[str, str], roles: Mapping[str, str]
) -> Iterator[str]:
    declared = speaker_roles(attributes)
    known = {name.casefold() for name in declared}
    spoken = {name.casefold() for name in first}
    for name in declared:
        if voice(name, known).casefold() not in spoken:
            yield f"the metadata declare the speaker {name!r}, who says nothing. Check the label in {METADATA}"
    for name in declared_twice(attributes):
        yield f"the metadata declare {name!r} twice; two people under one label cannot be told apart. Give each a label"
    without = [name for name, role in roles.items() if role == "unknown" and name not in (UNKNOWN, SEVERAL)]
    without = [name for name in without if name.casefold() not in known]
    if without and attributes:
        names = ", ".join(repr(name) for name in without[:8]) + (" …" if len(without) > 8 else "")
        where = f"{unit} {first[without[0]].line}"
        who = f"speaker {names} has" if len(without) == 1 else f"speakers {names} have"
        yield f"{where}: {who} no role. Declare it in {METADATA}, column speakers"
    people = [name for name, role in roles.items() if role != "interviewer" and name not in (UNKNOWN, SEVERAL)]
    if attributes.get("kind") == "focus_group" and len(people) == 1:
        yield f"a focus group in which only {people[0]!r} answers. Are several people under one label?"


def _turns(unit: str, text: str, turns: Sequence[Turn]) -> Iterator[str]:
    together = [turn for turn in turns if turn.speaker == SEVERAL]
    if together:
        n = f"{len(together)} turns" if len(together) > 1 else "one turn"
        where = f"{unit} {together[0].line}"
        yield f"{where}: several voices at once in {n}; counted for nobody. Split by voice where they can be told"
    unheard = [turn for turn in turns if turn.mark == "inaudible"]
    if len(unheard) > max(2, MUCH * len(turns)):
        where = f"{unit} {unheard[0].line}"
        yield f"{where}: words are inaudible in {len(unheard)} of {len(turns)} turns. Listen again where it matters"
    for turn in turns:
        words = len(text[turn.start : turn.end].split()) if turn.end - turn.start > 3 * LONG else 0
        if words > LONG and turn.speaker != UNKNOWN:
            where = f"{unit} {turn.line}"
            yield f"{where}: {turn.speaker!r} says {words:,} words in one turn. Check that no label is missing"

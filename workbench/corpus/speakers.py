"""Who speaks in a file: its labels, told from sentences that merely have a colon in them."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from workbench.corpus.labels import RARE, UNSURE, WEAK, Label, find_label, is_code, is_usual, parts
from workbench.sources import Line

THROUGHOUT = 0.15
"""Share of a file's lines that labels of a weak style must head before they count."""
MOSTLY = 0.8
"""Share of labelled lines from which a file labels every line."""
ALIKE = 0.8
"""Two labels at least this similar may be one, mistyped."""
HEAD = 25
"""Lines at the beginning in which a file may describe itself."""
_FIELDS = re.compile(
    r"^(?:study|project|scheme|site|area|force|wave|date|day|time|start|end|setting|place|location|venue|title|topic"
    r"|subject|re|ref|reference|id|code|file|audio|recording|duration|length|transcript|transcri\w+|typed|interview"
    r"|(?:interviewed|conducted|moderated|run|recorded|checked) by|present|participants|attend\w+|language|version"
    r"|key|note|notes|status|classification|page|job|client ref|method|mode|format)"
    r"(?:\s+(?:of|no|number|name|ref|reference|id|by|date|day|time|type|length|code|title|start|end|file)\b.*)?$",
    re.IGNORECASE,
)
_OPENERS = """
ah also although and another answer anyway as at basically because besides but bye cheers cool eg er erm etc
exactly example examples finally first firstly for great he's hello hence hey hi hiya hmm honestly how however
http https i i'd i'll i'm i've ie if in is it it's its lastly like literally look maybe meaning mhm mind mm nb
no nope note now obviously oh ok okay once one or point question quote re remember result right second
secondly see similarly since so something sometimes sorry still summary sure thanks that that's then there
therefore these they third this though three time tip to two um update warning was we well what whatever when
where which while who why with www yeah yep yes yet you
"""
"""Words that open a sentence before a colon, and are nobody's name."""
_OPENING = frozenset(_OPENERS.split())
_NOTES = re.compile(
    r".*(?:laugh|chuckl|pause|cough|sigh|inaudible|unclear|cross-?talk|silence|noise|music|applause|phone|door|back"
    r"|overlap|nod|whisper|indistinct|interrupt|redact|name|place|remov|sic\b|withdrawn|record|interview|end\b|start)",
    re.IGNORECASE,
)
"""What transcribers write in brackets, and is no speaker."""
_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|lord|lady|hon|right hon|rt hon|rev|pc|dc|ps|ds|sgt"
    r"|sergeant|insp|di|dci|supt|pcso|constable|inspector|cllr|councillor|superintendent)\.? (?=\w)",
    re.IGNORECASE,
)
_SMALL = frozenset(
    {"de", "da", "di", "du", "la", "le", "van", "von", "der", "den", "of", "the", "and", "al", "&", "-", "–"}
)


def read_labels(lines: Sequence[Line], declared: Collection[str]) -> tuple[list[Label | None], list[Label | None]]:
    """Find the speakers' labels of a file.

    A label counts when the metadata declare it, when it is a usual one, or
    when it looks like a name and heads several lines; one that a sentence
    may have too (`Sarah` alone on a line) only where the file uses that style
    throughout. A near-miss of a label that counts is one too, mistyped.

    Parameters
    ----------
    lines : Sequence[Line]
        Of one file.
    declared : collection of str
        Labels that the metadata name.

    Returns
    -------
    tuple of (list, list)
        For each line the label that counts, and the label that it may be all the same; or None.
    """
    found = [find_label(line) for line in lines]
    begins = _end_of_head(lines, found, declared)
    labels = [_drop(label, place, begins, lines) for place, label in enumerate(found)]
    names = {name.casefold() for name in (*declared, *(line.speaker for line in lines if line.speaker))}
    labels = _without_first_words(labels, lines, names)
    talk = sum(not line.aside for line in lines[begins:]) or 1
    letters = _letters(labels, talk)
    labels = [None if label and label.style == "point" and label.name not in letters else label for label in labels]
    strong = _strong_times(labels)
    timed = {label.name for label in labels if label and label.style == "time"}
    accepted = _strong(strong, names, talk, lines) | _weak(labels, "close", names, talk)
    accepted |= {name for name in strong if _presented(name, known=accepted)}
    accepted |= {name for name in timed if _like_a_name(name)} if accepted & timed else set()
    weak = {style: _weak(labels, style, names | {name.casefold() for name in accepted}, talk) for style in WEAK}
    known = accepted.union(*weak.values())
    accepted |= _near(strong, {*known, *declared}) | {name for name in strong if _together(name, {*known, *declared})}
    counted: list[Label | None] = [
        label if label and label.name in (weak[label.style] if label.style in WEAK else known | accepted) else None
        for label in labels
    ]
    possible = [label if label and label.style not in UNSURE else None for label in labels]
    return counted, possible


def _end_of_head(lines: Sequence[Line], found: Sequence[Label | None], declared: Collection[str]) -> int:
    """Return where talk begins: after `Date: …` and the like, and the names of who took part beside them."""
    times = Counter(label.name for label in found if label)
    end, near = 0, -3
    for place, (line, label) in enumerate(zip(lines[:HEAD], found[:HEAD], strict=True)):
        says = line.text[label.length :] if label else ""
        short = bool(label) and len(says.split()) <= 6 and not says.rstrip().endswith((".", "?", "!", "…"))
        if label and not short and (label.name in declared or is_usual(label.name) or times[label.name] > 2):
            break  # somebody speaks
        if line.aside or not label or label.style != "colon" or not says:
            continue
        field = _FIELDS.match(label.name) is not None and label.name not in declared
        if field and times[label.name] <= 2:
            if place - end > 6 and end:
                break
            end, near = place + 1, line.number
        elif short and end == place and line.number - near <= 1 and (_like_a_name(says) or is_code(says)):
            end, near = place + 1, line.number
    return end


def _drop(label: Label | None, place: int, begins: int, lines: Sequence[Line]) -> Label | None:
    """Leave out labels of the head, and names alone with nothing after them."""
    if label is None or place < begins:
        return None
    following = lines[place + 1] if place + 1 < len(lines) else None
    if label.style == "alone" and (following is None or following.speaker is not None):
        return None
    if label.style == "bracket" and _NOTES.match(label.name):
        return None
    return (
        replace(label, style="colon")
        if label.style == "arrow" and (is_code(label.name) or is_usual(label.name))
        else label
    )


def _without_first_words(
    labels: Sequence[Label | None], lines: Sequence[Line], declared: Collection[str]
) -> list[Label | None]:
    """Leave out what only ever stands right below somebody's label: the first words of a turn (`Fine: I think`)."""
    elsewhere: set[str] = set()
    below: set[int] = set()
    for place, label in enumerate(labels):
        above = labels[place - 1] if place else None
        first = above is not None and above.style in ("bold", "time") and above.length == len(lines[place - 1].text)
        if label and first and not is_usual(label.name) and label.name.casefold() not in declared:
            below.add(place)
        elif label:
            elsewhere.add(label.name)
    return [
        None if label and place in below and label.name not in elsewhere else label
        for place, label in enumerate(labels)
    ]


def _strong_times(labels: Sequence[Label | None]) -> Counter[str]:
    return Counter(
        label.name for label in labels if label and label.style not in WEAK and label.style not in ("close", "tight")
    )


def _strong(times: Counter[str], declared: set[str], talk: int, lines: Sequence[Line]) -> set[str]:
    """Accept labels that a colon, a time or bold type sets apart."""
    found = {name for name in times if name.casefold() in declared}
    named = bool(found)
    for name, n in times.items():
        usual = is_usual(name) and (len(name) > 1 or name == "?" or (n > 1 and (not named or n >= 0.1 * talk)))
        coded = is_code(name) and n > 1
        called = n > 1 and _may_speak(name) and not _ordinary(name, n, talk, lines)
        lower = n > 2 and n >= 0.1 * talk and len(name.split()) <= 2 and not _opens(name.split()[0])
        letter = n > 2 and len(name) <= 2 and name.isupper() and n >= 0.05 * talk
        if usual or coded or called or lower or letter:
            found.add(name)
    if sum(times[name] for name in found) >= MOSTLY * talk and not named:
        found |= {name for name in times if _may_speak(name) and len(name.split()) <= 3}
    return found


def _letters(labels: Sequence[Label | None], talk: int) -> set[str]:
    """Return the letters that label with a point: Q. and A., or I. and R. where they head most lines; not a list's."""
    times = Counter(label.name for label in labels if label and label.style == "point")
    if times.keys() >= {"Q", "A"}:
        return {"Q", "A"}
    again = {name for name, n in times.items() if n > 1}
    return again if len(again) > 1 and sum(times[name] for name in again) >= 0.5 * talk else set()


def _weak(labels: Sequence[Label | None], style: str, known: set[str], talk: int) -> set[str]:
    """Accept labels of a style that sentences have too, where the file uses it throughout."""
    times = Counter(label.name for label in labels if label and label.style == style)
    sure = {name for name in times if name.casefold() in known or is_usual(name) or is_code(name)}
    called = {name for name, n in times.items() if n > 1 and _like_a_name(name)} - sure
    called = {name for name in called if not _opens(name.split()[0])}
    if style in RARE and (not sure or sum(times[name] for name in sure | called) < 0.5 * talk):
        return set()
    for names in (sure | called, sure):
        heads = sum(times[name] for name in names)
        if heads >= max(2, THROUGHOUT * talk):
            once = {name for name in times if _like_a_name(name) and not _opens(name.split()[0])}
            capitals = all(name.isupper() for name in names)
            once = {name for name in once if (capitals and name.isupper()) or style in ("tab", "bracket")}
            return names | once if len(names | once) > 1 else names & sure
    return set()


def _near(times: Counter[str], known: set[str]) -> set[str]:
    """Return labels that are another one mistyped: `Intervewer`, `int` beside `INT`."""
    return {name for name in times if name not in known and any(alike(name, other) for other in known)}


def alike(first: str, second: str) -> bool:
    """Tell whether two labels may be one: but for case and points the same, or long and nearly the same."""
    if first == second:
        return False
    one, other = (re.sub(r"[\s.:_-]", "", name).casefold() for name in (first, second))
    if one == other:
        return True
    digits = re.sub(r"\D", "", one) == re.sub(r"\D", "", other)
    if not digits or min(len(one), len(other)) < 5 or first[-2:-1] == " " or second[-2:-1] == " ":
        return False
    if is_usual(first) and is_usual(second):
        return False
    return abs(len(one) - len(other)) <= 2 and SequenceMatcher(None, one, other).ratio() >= ALIKE


def _presented(name: str, known: Collection[str]) -> bool:
    """Tell whether a label gives a title, or in brackets a role, as one does who speaks for the first time."""
    bare = re.sub(r"\s*\(.*\)$", "", name)
    return bool(known) and _like_a_name(name) and (bare in known or bare != name or _TITLE.match(name) is not None)


def _together(name: str, known: Collection[str]) -> bool:
    pieces = parts(name)
    return len(pieces) > 1 and all(piece in known for piece in pieces)


def _opens(word: str) -> bool:
    return word.casefold().replace("’", "'").strip(",.'") in _OPENING


def _like_a_name(name: str) -> bool:
    """Tell whether every word begins with a capital, as in a name or a title; what follows a comma is a role."""
    words = re.sub(r"\(.*\)|,.*", "", name).split()
    if not words or not words[0][0].isupper() or (len(words) < 3 and _opens(words[0])):
        return False
    return all(
        word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL or word[1:2] in ("'", "’") for word in words
    )


def _ordinary(name: str, times: int, talk: int, lines: Sequence[Line]) -> bool:
    """Tell whether a label that heads few lines is a word that the talk itself uses without a capital."""
    if times >= max(4, 0.05 * talk) or len(name.split()) > 1:
        return False
    word = re.compile(rf"\b{re.escape(name.lower())}\b")
    return any(word.search(line.text) for line in lines)


def looks_like_a_speaker(name: str) -> bool:
    """Tell whether a label that was read as talk is worth a person's look."""
    return _may_speak(name) or is_code(name) or is_usual(name)


def _may_speak(name: str) -> bool:
    return _like_a_name(name) and not _FIELDS.match(name)

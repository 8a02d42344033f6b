"""What a person should look at in a codebook that can be read."""

from collections.abc import Mapping

from workbench.codebook.model import Code
from workbench.errors import Problem, Problems

NEEDED = ("include", "exclude", "example", "near_miss")
"""Without these two coders cannot tell where a code ends."""


def check_codebook(
    codes: Mapping[str, Code], mechanisms: Mapping[str, str], file: str, places: Mapping[str, str]
) -> list[Problem]:
    """Return what is worth a look, each with file and line where it has one."""
    problems = Problems()
    named: dict[str, str] = {}
    suggested: dict[str, str] = {}
    for name, code in codes.items():
        if code.retired:
            continue
        where = places.get(name, file)
        missing = [part for part in NEEDED if not getattr(code, part)]
        if missing:
            problems.add(where, f"{name} ({code.name}) has no {', '.join(missing)}", remedy="Say where the code ends")
        if code.parent and code.parent in codes and codes[code.parent].retired:
            remedy = "Put it under another code, or under none"
            problems.add(where, f"{name} lies under {code.parent}, which is retired", remedy=remedy)
        other = named.setdefault(code.name.casefold(), name)
        if other != name:
            problems.add(where, f"{name} and {other} are both named {code.name!r}", remedy="Tell them apart by name")
        for phrase in (pattern for pattern in code.patterns if isinstance(pattern, str)):
            first = suggested.setdefault(phrase.casefold().strip(), name)
            if first != name:
                problems.add(
                    where, f"the phrase {phrase!r} suggests {name} and {first}", remedy="Keep it where it says more"
                )
    for mechanism, told in mechanisms.items():
        if mechanism not in codes:
            problems.add(
                file, f"the mechanism {mechanism} ({told}) has no code", remedy="Talk is where mechanisms show: add one"
            )
    return problems.found

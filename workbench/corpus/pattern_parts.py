"""What a regular expression says of its matches before it is tried."""

import re
from typing import Any


def needed_strings(compiled: re.Pattern[str], *, ignore_case: bool) -> list[str]:
    """Return strings of which every match holds at least one; none where that cannot be told."""
    return _needed(_parsed(compiled), ignore_case)


def _needed(items: Any, ignore_case: bool) -> list[str]:
    """Choose among what a sequence must hold the alternatives whose shortest string is longest."""
    choices: list[list[str]] = []
    run = ""
    for operation, argument in items:
        name = str(operation)
        if name == "LITERAL" and (not ignore_case or argument < 128):
            run += chr(argument).lower() if ignore_case else chr(argument)
            continue
        choices.append([run])
        run = ""
        choices.append(_inside(name, argument, ignore_case))
    choices.append([run])
    sure = [choice for choice in choices if choice and all(choice)]
    return max(sure, key=lambda choice: (min(map(len, choice)), -len(choice)), default=[])


def _inside(name: str, argument: Any, ignore_case: bool) -> list[str]:
    if name == "SUBPATTERN":
        _, added, removed, items = argument
        return [] if added or removed else _needed(items, ignore_case)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] >= 1:
        return _needed(argument[2], ignore_case)
    if name == "BRANCH":
        parts = [_needed(items, ignore_case) for items in argument[1]]
        return [string for part in parts for string in part] if all(parts) else []
    return []


def within_one_word(compiled: re.Pattern[str]) -> bool:
    """Tell whether every match is made of letters, digits and underscores only, whatever stands around them."""
    items = _parsed(compiled)
    return bool(items) and _only_in_words(items)


def _only_in_words(items: Any) -> bool:
    for operation, argument in items:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            fits = _only_in_words(argument[2])
        elif name == "SUBPATTERN":
            fits = _only_in_words(argument[3])
        elif name == "ATOMIC_GROUP":
            fits = _only_in_words(argument)
        elif name == "BRANCH":
            fits = all(_only_in_words(branch) for branch in argument[1])
        elif name == "IN":
            fits = all(_in_words(str(kind), value) for kind, value in argument)
        elif name == "AT":
            fits = str(argument) in ("AT_BOUNDARY", "AT_NON_BOUNDARY")
        else:
            fits = name == "GROUPREF" or _in_words(name, argument)
        if not fits:
            return False
    return True


def _in_words(kind: str, value: Any) -> bool:
    if kind == "LITERAL":
        return chr(value).isalnum() or chr(value) == "_"
    if kind == "RANGE":
        first, last = map(chr, value)
        return any(low <= first <= last <= high for low, high in ("09", "AZ", "az"))
    return kind == "CATEGORY" and str(value) in ("CATEGORY_WORD", "CATEGORY_DIGIT")


def _parsed(compiled: re.Pattern[str]) -> Any:
    try:
        from re import _parser  # type: ignore[attr-defined]  # private; without it every turn is tried

        return _parser.parse(compiled.pattern, compiled.flags & ~re.DEBUG)
    except (ImportError, AttributeError, re.error):
        return []

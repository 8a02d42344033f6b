"""Counts inside sentences: people, incidents, cases, events, rows; rounded, or said to be few."""

import re

from workbench.disclosure import Rules

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_NOUN = r"(?:people|person|incident|case|contact|suspect|row|record|event|referral)s?"
_NOT_BETWEEN = r"(?:a|an|and|are|by|for|from|had|hold|holds|in|is|of|on|or|per|than|that|the|to|was|were|with)"
_COUNTED = re.compile(
    rf"(?<![\w.,/-])(?P<n>{_NUMBER})(?: of (?:the |all )?(?P<m>{_NUMBER}))?"
    rf"(?P<between>(?: (?!{_NOT_BETWEEN}\b)(?!{_NOUN}\b)[^\W\d_][\w-]*){{0,2}}) (?P<noun>(?:{_NOUN} )?{_NOUN})\b",
    re.IGNORECASE,
)


def rounded_counts(text: str, rules: Rules) -> str:
    """Return a text in which every count of people or of what they left on record is rounded, or said to be small.

    Parameters
    ----------
    text : str
        A note or a sentence. Numbers that count something else (groups, months, days) stay.
    rules : Rules
        Threshold and rounding.

    Examples
    --------
    >>> rounded_counts("1 person of 41,492 suspects came late.", Rules())
    'Fewer than 10 persons of 41,490 suspects came late.'
    """

    def again(found: re.Match[str]) -> str:
        said = _written(found["n"], rules)
        if found["m"]:
            n, m = _value(found["n"]), _value(found["m"])
            said = f"all but fewer than {rules.threshold}" if rules.is_small(m - n) and not rules.is_small(n) else said
            said = f"{said} of {_written(found['m'], rules)}"
        noun = found["noun"]
        if _value(found["n"]) == 1 and not noun.lower().endswith(("s", "people")):
            noun = f"{noun}s"
        return f"{said}{found['between']} {noun}"

    said = _COUNTED.sub(again, text)
    return said[:1].upper() + said[1:] if said != text else text


def _value(written: str) -> int:
    return int(written.replace(",", ""))


def _written(number: str, rules: Rules) -> str:
    count = _value(number)
    return f"fewer than {rules.threshold}" if rules.is_small(count) else f"{rules.rounded(count):,}"

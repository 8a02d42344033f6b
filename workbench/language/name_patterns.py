"""Names by what stands around them: titles, introductions, greetings, streets, and the words that organisations end in."""  # noqa: E501

import re
from collections.abc import Iterator

_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-Þ])[^\W\d_]*(?:['’-](?!s\b)[^\W\d_]+)*"
_PARTICLE = r"(?:(?:de|van|von|der|den|bin|ibn|al|el|di|da|del|della|dos|la|le|ter|ap|zu)\s+){0,2}"
NAME = rf"{_CAPITAL}(?:\s+{_PARTICLE}{_CAPITAL}){{0,3}}"
TITLES = (
    "mr|mrs|ms|miss|mx|messrs|dr|doctor|prof|professor|sir|dame|lord|lady|rev|reverend|father|sister|judge|justice|"
    "chief justice|sgt|sergeant|inspector|insp|chief inspector|pc|wpc|dc|ds|di|dci|ps|pcso|constable|police constable|"
    "detective|detective constable|detective sergeant|detective inspector|superintendent|supt|commissioner|councillor|cllr|"  # noqa: E501
    "officer|auntie|aunt|uncle|nurse|captain|major|colonel|senator|governor|president|secretary|minister|chancellor|mp"
)
_KIN = (
    "brother|sister|son|daughter|mate|friend|partner|husband|wife|cousin|girlfriend|boyfriend|nephew|niece|colleague|boss|"
    "manager|key\\s?worker|support worker|social worker|navigator|probation officer|solicitor|sponsor|neighbour|fella|missus|"  # noqa: E501
    "stepdad|stepmum|ex|kid|baby|lad|little lad|little girl|dealer|psychologist|counsellor|supervisor"
)
_GREETING = (
    r"thanks|thank you|cheers|hi|hello|hey|hiya|welcome|good morning|morning|good afternoon|bye|goodbye|sorry|ta|night"
)
_STREET = r"street|road|avenue|lane|drive|crescent|terrace|gardens|grove|square|mews|estate|flats|hostel|roundabout|police station"  # noqa: E501
_PERHAPS = r"way|heights|towers|bridge|house|court|park|station|green|hill|close|place|walk|row|centre|junction|island|bay|beach|river|valley"  # noqa: E501
_BODY = (
    r"ltd|limited|plc|llp|inc|trust|council|constabulary|police|prison|university|college|hospital|academy|school|primary|"
    r"foundation|association|society|partnership|housing|services|clinic|surgery|agency|authority|union|church|mosque|"
    r"pharmacy|magistrates['’]?|crown court|police station|probation|custody suite|project|charity|bank|club|company|corporation"  # noqa: E501
)
_PATTERNS = (
    ("person", "title", rf"\b(?:{TITLES})\b\.?\s+(?P<name>(?:(?-i:[A-Z])\.\s?){{0,3}}{NAME})"),
    ("person", "initials", rf"(?<![\w.])(?P<name>(?:(?-i:[A-Z])\.\s?){{1,3}}{_CAPITAL}(?:\s+{_CAPITAL})?)"),
    ("person", "initials", r"(?<![\w.])(?P<name>(?-i:[A-Z]\.\s?[A-Z])\.(?:\s?(?-i:[A-Z])\.)?)(?![\w.])"),
    ("person", "introduction", rf"\b(?:name['’]?s|name is|names are|name was|i['’]m called|known as|goes by|nickname(?:d| is| was)?)\s+(?P<name>{NAME})"),  # noqa: E501
    ("person", "introduction", rf"\b(?:called|named|this is|here['’]s|it['’]s|i['’]m|i am|speaking (?:to|with)|joined by|spoke to|with me is)\s+(?P<name>{NAME})"),  # noqa: E501
    ("person", "relation", rf"\b(?:my|his|her|their|our|your|the)\s+(?:{_KIN})[,\s]+(?P<name>{NAME})"),
    ("person", "greeting", rf"\b(?:{_GREETING})(?:\s+(?:again|so much|very much|there))?[,\s]\s*(?P<name>{_CAPITAL})(?=\s*[.,?!…]|\s*$)"),  # noqa: E501
    ("place", "street", rf"(?<!\.\s)\b(?P<name>(?:\d{{1,4}}[a-z]?,?\s)?{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}}\s+(?-i:{_STREET.title()}))\b"),  # noqa: E501
    ("place", "perhaps a street", rf"\b(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})?\s+(?-i:{_PERHAPS.title()}))\b"),
    ("place", "street", rf"(?<=[a-z,]\s)(?P<name>{_CAPITAL}\s+(?:street|road|avenue|lane|crescent|hostel|estate))\b"),
    ("organisation", "organisation word", rf"\b(?P<name>{_CAPITAL}(?:\s+(?:(?:and|&|of|for|the)\s+)?{_CAPITAL}){{0,4}}\s+(?-i:{_BODY.title()}))\b"),  # noqa: E501
    ("organisation", "organisation word", rf"\b(?P<name>(?:hmp|hmyoi|yoi)\s+{NAME})"),
    ("organisation", "organisation word", rf"\b(?P<name>(?-i:University|College|Church|Bank|Ministry|Department|Court|Institute) of (?:the\s+)?{NAME})"),  # noqa: E501
)  # fmt: skip
_COMPILED = tuple((kind, why, re.compile(pattern, re.IGNORECASE)) for kind, why, pattern in _PATTERNS)
_SAID = re.compile(
    r"\b(?:my name['’]?s|my name is|(?:his|her|their) name['’]?s|(?:his|her|their) name (?:is|was))\s+"
    r"(?P<name>[^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*)",
    re.IGNORECASE,
)
TITLE = re.compile(rf"^(?:(?:{TITLES})\b\.?\s*)+", re.IGNORECASE)


def by_context(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, kind and why of names that their surroundings give away; capitals must be there."""
    for kind, why, pattern in _COMPILED:
        for match in pattern.finditer(text):
            yield *match.span("name"), kind, why


def by_introduction(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the word after "my name is", whatever its case."""
    for match in _SAID.finditer(text):
        yield match.span("name")

"""Values of variables in the form of XML."""

import re
from collections.abc import Mapping

FORMS: Mapping[str, re.Pattern[str]] = {
    "Text": re.compile(r".*", re.S),
    "Boolean": re.compile(r"true|false|1|0"),
    "Integer": re.compile(r"[+-]?\d+", re.A),
    "Float": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.A),
    "Date": re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?", re.A),
    "DateTime": re.compile(
        r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?",
        re.A,
    ),
}
"""What each type of variable may say."""


def fits(kind: str, value: str) -> bool:
    """Tell whether a value is of a variable's type.

    Examples
    --------
    >>> fits("Integer", "12"), fits("Integer", "about 12")
    (True, False)
    """
    return FORMS[kind].fullmatch(value) is not None

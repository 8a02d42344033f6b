"""Users, codes, variables, cases, links and sets of a project's XML."""

import re
from typing import Any, cast, get_args

from workbench.exchange.refi.context import Context, children, described, within
from workbench.exchange.refi.guids import as_guid
from workbench.exchange.refi.model import Case, Direction, Link, RefiCode, Set, User, Value, Variable, VariableKind
from workbench.exchange.refi.values import fits

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_FALSE = ("false", "0", "no")


def read_users(root: Any, context: Context) -> None:
    """Read who is listed; whom else codings name comes later."""
    for element in within(root, "Users", "User"):
        name = element.get("name") or element.get("id") or ""
        guid = context.guid(element, "user", name)
        context.users[guid] = User(guid=guid, name=name)


def read_codes(book: Any, context: Context) -> tuple[RefiCode, ...]:
    """Read the tree of codes, parents before children.

    Parameters
    ----------
    book : Element or None
        `CodeBook`.
    """
    codes: list[RefiCode] = []
    waiting: list[tuple[Any, str | None]] = []
    waiting += [(element, None) for element in within(book, "Codes", "Code")][::-1]
    while waiting:
        element, parent = waiting.pop()
        name = element.get("name") or ""
        guid = context.guid(element, "code", parent or "", name)
        if not name:
            context.told.add("a code has no name; named after its GUID", element)
            name = f"code {guid[:8]}"
        codable = (element.get("isCodable") or "true").strip().lower() not in _FALSE
        colour = colour_of(element, context)
        context.notes(element, guid)
        codes.append(
            RefiCode(
                guid=guid, name=name, parent=parent, colour=colour,
                description=described(element, context.told), codable=codable,
            )
        )  # fmt: skip
        waiting += [(child, guid) for child in children(element, "Code")][::-1]
    _tell_names(codes, context)
    return tuple(codes)


def _tell_names(codes: list[RefiCode], context: Context) -> None:
    named: dict[str, int] = {}
    for code in codes:
        named[code.name] = named.get(code.name, 0) + 1
    twice = [name for name, count in named.items() if count > 1]
    if twice:
        shown = ", ".join(repr(name) for name in twice[:5]) + (f" and {len(twice) - 5} more" if len(twice) > 5 else "")
        context.told.add(f"more than one code is named {shown}; all are kept, and told apart by what they lie under")


def colour_of(element: Any, context: Context) -> str | None:
    """Return a colour as `#RRGGBB`, or None."""
    written = (element.get("color") or element.get("colour") or "").strip()
    if not written:
        return None
    found = _COLOUR.fullmatch(written)
    if not found:
        context.told.add(f"{written!r} is not a colour; left out", element, many="{} colours cannot be read; left out")
        return None
    digits = found[1] if len(found[1]) > 3 else "".join(2 * digit for digit in found[1])
    if len(digits) == 8:  # how opaque it is stands before (.NET) or behind (the web)
        digits = digits[2:] if digits[:2].upper() == "FF" else digits[:6]
    return f"#{digits.upper()}"


def read_variables(root: Any, context: Context) -> tuple[Variable, ...]:
    """Read the variables; their values stand at cases and sources."""
    variables = []
    for element in within(root, "Variables", "Variable"):
        name = element.get("name") or ""
        kind = element.get("typeOfVariable") or ""
        if kind not in get_args(VariableKind):
            what = f"the variable {name!r} is of type {kind!r}; taken as Text"
            context.told.add(what, element, choices=get_args(VariableKind))
            kind = "Text"
        guid = context.guid(element, "variable", name)
        variables.append(
            Variable(guid=guid, name=name, kind=cast(VariableKind, kind), description=described(element, context.told))
        )
    return tuple(variables)


def read_values(element: Any, context: Context) -> tuple[Value, ...]:
    """Read the values of variables at a case or a source; an empty one is none, the last of two stands."""
    values: dict[str, str] = {}
    for child in children(element, "VariableValue"):
        found = context.references(child, "VariableRef", "variable")
        written = next((value for value in child if value.tag.endswith("Value")), None)
        if not found or written is None or written.text is None:
            continue
        value = written.text if written.tag == "TextValue" else written.text.strip()
        if values.setdefault(found[0], value) != value:
            context.told.add("a variable has two values at one place; the last is read", child)
            values[found[0]] = value
    return tuple(Value(variable, value) for variable, value in values.items())


def settle_kinds(variables: tuple[Variable, ...], values: list[Value], context: Context) -> tuple[Variable, ...]:
    """Make a variable one of text where a value of it is not of its type."""
    settled = []
    for variable in variables:
        odd = next((v.value for v in values if v.variable == variable.guid and not fits(variable.kind, v.value)), None)
        if odd is not None:
            what = f"the variable {variable.name!r} is of type {variable.kind} but has the value {odd!r}; taken as Text"
            context.told.add(what)
            variable = Variable(guid=variable.guid, name=variable.name, description=variable.description)
        settled.append(variable)
    return tuple(settled)


def read_cases(root: Any, context: Context) -> tuple[Case, ...]:
    """Read the cases, after codes, variables and sources."""
    return tuple(
        Case(
            guid=context.guid(element, "case", element.get("name") or ""),
            name=element.get("name") or "",
            description=described(element, context.told),
            sources=context.references(element, "SourceRef", "source"),
            codes=context.references(element, "CodeRef", "code"),
            selections=context.references(element, "SelectionRef", "selection"),
            values=read_values(element, context),
        )
        for element in within(root, "Cases", "Case")
    )


def read_sets(holder: Any, context: Context) -> tuple[Set, ...]:
    """Read the sets of a project or a codebook, after all that they may hold."""
    return tuple(
        Set(
            guid=context.guid(element, "set", element.get("name") or ""),
            name=element.get("name") or "",
            description=described(element, context.told),
            codes=context.references(element, "MemberCode", "code"),
            sources=context.references(element, "MemberSource", "source"),
            notes=context.references(element, "MemberNote", "note"),
        )
        for element in within(holder, "Sets", "Set")
    )


def read_links(root: Any, context: Context) -> tuple[Link, ...]:
    """Read the links, after everything that they may join."""
    links = []
    known = {guid: guid for kind in context.known.values() for guid in kind.values()}
    for element in within(root, "Links", "Link"):
        name, direction = element.get("name") or "", element.get("direction")
        guid = context.guid(element, "link", name)
        if direction is not None and direction not in get_args(Direction):
            context.told.add(f"a link has the direction {direction!r}; left out", element, choices=get_args(Direction))
            direction = None
        ends = {end: as_guid(element.get(f"{end}GUID")) for end in ("origin", "target")}
        if any(found and found not in known for found in ends.values()):
            what = f"the link {name!r} joins what the file does not hold, or workbench does not carry"
            context.told.add(
                what, element, many="{} links join what the file does not hold, or workbench does not carry"
            )
        context.notes(element, guid)
        links.append(
            Link(
                guid=guid, name=name, direction=cast(Direction | None, direction),
                colour=colour_of(element, context), origin=ends["origin"], target=ends["target"],
            )
        )  # fmt: skip
    return tuple(links)

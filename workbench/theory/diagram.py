"""Draw a theory as Mermaid text."""

from collections.abc import Collection, Iterator, Mapping

from workbench.errors import Problems
from workbench.theory.model import Link, Node

NODE_STYLES = {
    "context": "fill:#f0f0f0,stroke:#525252,color:#000",
    "activity": "fill:#deebf7,stroke:#08519c,color:#000",
    "mechanism": "fill:#fff2cc,stroke:#7f6000,color:#000",
    "moderator": "fill:#efe6f5,stroke:#54278f,color:#000,stroke-dasharray:4 2",
    "outcome": "fill:#e2f0d9,stroke:#385723,color:#000",
    "assumption": "fill:#fff,stroke:#525252,color:#000,stroke-dasharray:2 2",
    "joint": "fill:#000,stroke:#000",
}
"""One look for each type of node; dark text on a light ground, readable in print."""

VERDICT_STYLES = {
    "supported": "stroke:#1b7837,stroke-width:4px",
    "contested": "stroke:#b35806,stroke-width:3px,stroke-dasharray:10 4",
    "refuted": "stroke:#b2182b,stroke-width:3px,stroke-dasharray:2 3",
    "untested": "stroke:#767676,stroke-width:1px",
}
"""One look for each verdict, told apart by pattern and width as well as by colour."""

SHAPES = {
    "context": ("[/", "/]"),
    "activity": ("[", "]"),
    "mechanism": ("([", "])"),
    "moderator": ("{{", "}}"),
    "outcome": ("[[", "]]"),
    "assumption": (">", "]"),
}


def draw(
    nodes: Mapping[str, Node], links: Mapping[str, Link], verdicts: Mapping[str, str], shown: Collection[str] | None
) -> str:
    """Return a flowchart of the nodes that are shown and the links between them."""
    _refuse_unknown(verdicts)
    drawn = _drawn(links, {name for name in nodes if shown is None or name in shown})
    inside = {end for link in drawn.values() for end in (link.from_, link.to)}
    kept = [node for name, node in nodes.items() if (name in shown if shown is not None else name in inside)]
    edges = list(_edges(drawn, verdicts))
    lines = ["flowchart LR"]
    lines += [f'  {node.id}{SHAPES[node.type][0]}"{_label(node)}"{SHAPES[node.type][1]}:::{node.type}' for node in kept]
    lines += [f"  {text}" for text, _ in edges]
    lines += [f"  classDef {kind} {style}" for kind, style in NODE_STYLES.items()]
    for verdict, style in VERDICT_STYLES.items():
        numbers = [str(number) for number, (_, told) in enumerate(edges) if told == verdict]
        if numbers:
            lines.append(f"  linkStyle {','.join(numbers)} {style}")
    return "\n".join(lines) + "\n"


def _drawn(links: Mapping[str, Link], inside: Collection[str]) -> dict[str, Link]:
    plain = {name: link for name, link in links.items() if link.from_ in inside and link.to in inside}
    bearing = {name: link for name, link in links.items() if link.from_ in inside and link.target in plain}
    return {name: link for name, link in links.items() if name in plain or name in bearing}


def _edges(links: Mapping[str, Link], verdicts: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """Each line of the chart with its verdict: Mermaid styles lines by their number."""
    bearing = dict.fromkeys(link.target for link in links.values() if link.target)
    joints = {target: f"joint{number}" for number, target in enumerate(bearing, start=1)}
    for name, link in links.items():
        verdict = verdicts.get(name)
        told = f"{link.type}: {verdict}" if verdict else link.type
        end = joints[link.target] if link.target else link.to
        head = {"inhibits": "--x", "moderates": "-.->"}.get(link.type, "-->")
        if name in joints:
            # Mermaid cannot point at a line, so the line is cut in two at a small circle.
            yield f'{link.from_} ---|"{told}"| {joints[name]}(( )):::joint', verdict
            yield f"{joints[name]} {head} {end}", verdict
        else:
            yield f'{link.from_} {head}|"{told}"| {end}', verdict


def _label(node: Node) -> str:
    name = node.name
    for character, entity in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;")):
        name = name.replace(character, entity)
    return f"{node.id}: {name}"


def _refuse_unknown(verdicts: Mapping[str, str]) -> None:
    problems = Problems()
    for link, verdict in verdicts.items():
        if verdict not in VERDICT_STYLES:
            problems.add(link, f"{verdict!r} is no verdict", choices=list(VERDICT_STYLES))
    problems.raise_if_any()

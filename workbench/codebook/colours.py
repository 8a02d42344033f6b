"""Colours of codes' stripes: to be told apart also by people who see few colours, on white and on dark ground."""

PALETTE = ("#4163FB", "#FC5C14", "#86996F", "#9D49BB", "#C93916", "#6590F3", "#677369", "#A877B0")
"""Found by search: each stands off white and the dark theme's #212121 by 3:1 (WCAG 2.2, 1.4.11), and any two lie
apart as widely as that allows, also as seen without red, green or blue cones (Machado et al. 2009)."""


def colour_at(place: int) -> str:
    """Return the colour of what stands at a place, counted from 0. After eight they come again: names tell codes."""
    return PALETTE[place % len(PALETTE)]

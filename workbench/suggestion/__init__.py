"""What a machine proposes, ranked and with its reason. A person decides: nothing here is ever a coding."""

from workbench.suggestion.suggest import suggest
from workbench.suggestion.themes import find_themes

__all__ = ["find_themes", "suggest"]

"""How like two texts are, and which of many a text is most like: for questions, never for answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher

from samsyn.chain.swedish import fold

SIMILAR = 0.6      # from here it is asked whether two texts are the same row
REWORDED = 0.5     # from here a text in the same place of the chain is the same, worded otherwise
COMPARED = 300     # characters of a text that are compared
MOST_CANDIDATES = 8
OFTEN = 60         # a word in more texts than this says nothing


def likeness(one: str, other: str) -> float:
    """Return how like two texts are, 0 to 1. Case, accents and white space do not count."""
    left, right = fold(one)[:COMPARED], fold(other)[:COMPARED]
    if left == right:
        return 1.0
    if not left or not right:
        return 0.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= min(SIMILAR, REWORDED) else 0.0


class TextIndex:
    """Texts by their words, so that one is not compared with a thousand."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)
        self.with_word: dict[str, list[str]] = defaultdict(list)
        for key, text in self.texts.items():
            for word in set(fold(text)[:COMPARED].split()):
                self.with_word[word].append(key)

    def most_like(self, text: str, *, most: int = 3) -> list[str]:
        """Return the keys of the texts that are similar, the most like first."""
        words = set(fold(text)[:COMPARED].split())
        told = [keys for word in sorted(words) if (keys := self.with_word.get(word))]
        rare = [keys for keys in told if len(keys) <= OFTEN] or [keys[:OFTEN] for keys in told]
        shared = Counter(key for keys in rare for key in keys)
        near = [key for key, _ in shared.most_common(MOST_CANDIDATES)]
        scored = sorted(((likeness(text, self.texts[key]), -place, key) for place, key in enumerate(near)), reverse=True)
        return [key for score, _, key in scored if score >= SIMILAR][:most]

"""What a person calls each kind of row, one and many; and the kinds that make the thread from problem to result."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.chain.wording import counted


@dataclass(frozen=True, slots=True)
class RowWord:
    """The word of one row and of several, lower case. `is_neuter` = "ett", not "en"."""

    one: str
    many: str
    is_neuter: bool = False

    def counted(self, n: int) -> str:
        """Return "tre orsaker", "ett mål"."""
        return counted(n, self.one, self.many, neuter=self.is_neuter)


ROW_WORDS: dict[str, RowWord] = {
    "problem": RowWord("problem", "problem", True),
    "cause": RowWord("orsak", "orsaker"),
    "action": RowWord("åtgärd", "åtgärder"),
    "goal": RowWord("mål", "mål", True),
    "indicator": RowWord("indikator", "indikatorer"),
    "result": RowWord("resultat", "resultat", True),
    "step": RowWord("moment", "moment", True),
    "bundle": RowWord("kombination", "kombinationer"),
    "commitment": RowWord("åtagande", "åtaganden", True),
    "decision": RowWord("begärt beslut", "begärda beslut", True),
    "follow_up": RowWord("uppföljningsplan", "uppföljningsplaner"),
    "lesson": RowWord("lärdom", "lärdomar"),
}
ANY_ROW = RowWord("rad", "rader")
THREAD = ("problem", "cause", "action", "goal", "indicator", "result")
"""The kinds of the chain, from problem to result."""
THREAD_WORDS: dict[str, str] = {kind: ROW_WORDS[kind].one for kind in THREAD}

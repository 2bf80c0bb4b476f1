"""The keys and words of a settings file for the analysis, Swedish and English, and what is understood when nothing is said."""

from __future__ import annotations

from collections.abc import Mapping

from samsyn.analysis.direction import Direction
from samsyn.analysis.split import Split


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


# Key to the ways it is written, as `participants_columns.plain_header` makes them.
KEYS: Mapping[str, frozenset[str]] = {
    "direction": _words("direction, riktning, battre"),
    "scale": _words("scale, skala, range, min max"),
    "reliability": _words("reliability, tillforlitlighet, reliabilitet, alfa, alpha, cronbachs alfa"),
    "reliability_source": _words("reliability source, kalla for tillforlitlighet, kalla for reliabilitet, tillforlitlighetens kalla, reliabilitet kalla"),
    "cutoff": _words("cutoff, cut off, grans, gransvarde, brytpunkt"),
    "norm": _words("norm, norms, allmanheten, manniskor i allmanhet"),
    "important": _words("important, minimal important difference, mid, minsta viktiga forandring, minsta forandring som betyder nagot, viktig forandring"),
    "instrument": _words("instrument, skalans namn, formular"),
    "enters_by_score": _words("enters by score, kommer in pa startvarde, kommer in pa sitt startvarde, antas pa poang"),
    "outside_target_group": _words("outside target group, outside, utanfor malgruppen, utanfor malgrupp, utanfor"),
    "target_groups": _words("target groups, malgrupper, intended target groups, avsedda malgrupper, malgrupp avsedd"),
    "completed": _words("completed, fullfoljt, fullfoljda, fullfoljd, slutford, slutforda"),
    "ongoing": _words("ongoing, pagaende, pagar"),
    "score": _words("score, scores, poang, varden, skattning"),
    "columns": _words("columns, kolumner, map"),
    "level": _words("level, konfidensniva, niva, confidence, confidence level"),
    "reader": _words("reader, lasare, mottagare"),
    "last_day": _words("last day, sista dag, sista dagen, till och med, as of"),
    "split": _words("split, dela upp, dela, uppdelning"),
}  # fmt: skip

NORM_KEYS: Mapping[str, frozenset[str]] = {
    "mean": _words("mean, medel, medelvarde, m"),
    "sd": _words("sd, standardavvikelse, s"),
    "n": _words("n, antal"),
    "country": _words("country, land"),
    "year": _words("year, ar"),
    "ages": _words("ages, age, alder, aldrar"),
    "source": _words("source, kalla"),
    "over_cutoff": _words("over cutoff, share over cutoff, andel over gransen, over gransen"),
}  # fmt: skip

SCORE_KEYS: Mapping[str, frozenset[str]] = {
    "score_start": _words("start, fore, in, pre, score start"),
    "score_end": _words("end, slut, efter, out, post, score end"),
    "score_follow_up": _words("follow up, followup, uppfoljning, fu, score follow up"),
}

DIRECTIONS: Mapping[Direction, frozenset[str]] = {
    Direction.HIGHER_IS_BETTER: _words("higher is better, higher, high is better, up, hogre ar battre, hogre, hogt ar battre, upp"),
    Direction.LOWER_IS_BETTER: _words("lower is better, lower, low is better, down, lagre ar battre, lagre, lagt ar battre, ner, ned"),
}

READERS: Mapping[str, frozenset[str]] = {
    "unit": _words("unit, enhet, enheten, verksamhet, verksamheten"),
    "committee": _words("committee, namnd, namnden"),
    "partnership": _words("partnership, samverkan"),
    "public": _words("public, allmanhet, allmanheten, offentlig, offentligt"),
}  # fmt: skip

SPLITS: Mapping[Split, frozenset[str]] = {
    Split.NOTHING: _words("nothing, inget, ingen, alla"),
    Split.UNIT: _words("unit, enhet, verksamhet"),
    Split.SEX: _words("sex, kon"),
    Split.TARGET_GROUP: _words("target group, malgrupp"),
    Split.YEAR: _words("year, ar, startar"),
    Split.HALF_YEAR: _words("half year, halvar"),
    Split.QUARTER: _words("quarter, kvartal"),
}

# Understood when the settings say nothing, and then said. Folded as `loke_settings.folded_word` does.
COMPLETED = _words("fullfoljt, fullfoljd, fullfoljda, fullfoljde, completed, slutford, slutfort, enligt plan, "
                   "avslutad enligt plan, avslutat enligt plan, avslut enligt plan, fullfoljd enligt plan, fullfoljt enligt plan, "
                   "fullfoljde enligt plan, fullfoljda enligt plan, fullfoljt insatsen, fullfoljde insatsen, slutfort enligt plan, "
                   "planenligt, planenligt avslut, planenligt avslutad, avslutad planenligt")  # fmt: skip
ONGOING = _words("pagar, pagaende, pagar fortfarande, ongoing")
OUTSIDE = _words("utanfor, utanfor malgruppen, utanfor malgrupp, utanfor malgruppen., ej malgrupp, ej malgruppen, ej i malgrupp, ej i malgruppen, "
                 "inte malgrupp, inte i malgruppen, icke malgrupp, tillhor ej malgruppen, tillhor inte malgruppen, utom malgruppen, outside, "
                 "outside target group, not target group, not in target group")  # fmt: skip

"""
Which column of a sheet is which: the handbook's six, by the words that people write above them.

A header is known by its whole wording, or by a word it begins or ends with; a word that belongs to something
else ("Målgrupp", "Ansvarig för uppföljningen", "Orsak till försening") makes it an extra column. Extra columns are
kept, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from samsyn.chain.swedish import fold
from samsyn.formats.grid import EMPTY, Cell, Row, is_merged_over
from samsyn.formats.grid_limits import letters
from samsyn.formats.reading import ReadColumn

CORE = ("cause", "action", "goal", "when", "responsible", "status")
LONGEST_HEADER = 160

FIELD_OF_ROLE = {
    "cause_number": "cause", "action_number": "action", "email": "responsible", "phone": "responsible",
    "organisation": "responsible", "contact": "responsible", "number": "extra",
}
"""A column's role -> ReadColumn.field, where they differ."""


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column of a table.

    role     a field of ReadColumn, or cause_number, action_number, email, phone, organisation, contact
    header   as it stands, on one line; "" if nothing stands above it
    """

    index: int
    role: str
    header: str

    @property
    def letter(self) -> str:
        return letters(self.index)

    @property
    def label(self) -> str:
        """What the user is told the column is called."""
        return self.header or f"Kolumn {self.letter}"

    def as_read(self) -> ReadColumn:
        return ReadColumn(FIELD_OF_ROLE.get(self.role, self.role), self.header, self.letter)


@dataclass(frozen=True, slots=True)
class Header:
    """A header of one or two rows: first and last index among the sheet's rows, and its columns."""

    first: int
    last: int
    columns: tuple[Column, ...]

    def of(self, *roles: str) -> tuple[Column, ...]:
        """Return the columns of these roles, from left to right."""
        return tuple(column for column in self.columns if column.role in roles)

    @property
    def known(self) -> frozenset[str]:
        """The roles that are more than extra."""
        return frozenset(column.role for column in self.columns) - {"extra"}

    @property
    def core(self) -> frozenset[str]:
        """The handbook's columns that are there."""
        return frozenset(column.role for column in self.columns) & frozenset(CORE)


def text_of(cell: Cell) -> str:
    """Return what stands in a cell, as text on as many lines as it has."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return str(value).removesuffix(" 00:00:00") if not isinstance(value, int) else str(value)


# ---- what a header means ----

@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header may be: a role and its rank among those that claim the same role (1 = surest)."""

    role: str
    rank: int


def _words(role: str, rank: int, *patterns: str) -> list[tuple[re.Pattern[str], Meaning]]:
    return [(re.compile(pattern), Meaning(role, rank)) for pattern in patterns]


_MEANINGS: tuple[tuple[re.Pattern[str], Meaning], ...] = tuple(
    # what only looks like one of the six
    _words("extra", 1, r"målgrupp|målvärde|målnivå|\bmåltal|måluppfyllelse$|målbild\b.*nuläge|nollmätning|utgångsläge|utgångsvärde|nuläge|indikator|\bmått\b|nyckeltal|\bmåttet|mätmetod|mätning",
           r"orsak.*(?:avvik|försen|dröj|till att (?:den|det) inte)|(?:avvik|försen).*orsak|^avvikelse|försening",
           r"uppfölj\w* ?(?:sker|görs|av vem|ansvar)|ansvar\w* (?:för |av )?uppfölj|(?:hur|när|vem|vilka) .*följ\w* .*upp|uppfölj\w*(?:datum|metod|sätt|ansvar|intervall|plan)|datum för uppfölj|(?:hur|när) uppfölj|nästa uppfölj|metod för uppfölj|när följs|vem följer|^mätbar|hur mäts|hur vet vi",
           r"^(?:start)?(?:faktisk|verklig)|utfall.*datum|avslutad (?:den|datum)|^datum (?:klar|genomför|avslut)|klart? datum \(utfall|senast (?:ändrad|uppdaterad)|uppdaterad|version|^skapad|registrerad",
           r"^(?:övrig\w*|deltag\w*|medverkan\w*|samverkan\w*|samverkar med|samverkanspart\w*|samarbet\w*|stöd(?:jer|jande)?|involver\w*|berörda?|resurs\w*|budget|kostnad\w*|pengar|finansier\w*|prio\w*|plats|var|adress|risk\w*|hinder|beslut\w*|bilaga|länk|källa|dokument\w*|diarie\w*|dnr|perspektiv|horisont|typ av|kategori|nivå|spår)\b",
           r"status (?:förra|föregående)|föregående") +
    _words("cause_number", 1, r"^orsak(?:en|s|ens)?[ -]?(?:nr|nummer|id|#)\b", r"^(?:nr|nummer) (?:på )?orsak") +
    _words("action_number", 1, r"^(?:åtgärd|aktivitet|insats)(?:en|s|ens)?[ -]?(?:nr|nummer|id|#)\b", r"^(?:nr|nummer) (?:på )?(?:åtgärd|aktivitet)") +
    _words("number", 1, r"^(?:nr|nummer|n:o|no|#|id|löpnr|löpnummer|rad|rad ?nr|num|number)$") +
    # contact
    _words("email", 1, r"^(?:e[- ]?post(?:adress)?|e[- ]?mail|mejl(?:adress)?|mail(?:adress)?|epost)\b") +
    _words("phone", 1, r"^(?:tele?(?:fon)?(?:nummer|nr)?|tfn|mobil(?:nummer|nr|telefon)?|phone)\b") +
    _words("contact", 1, r"^kontaktuppgift\w*$", r"^kontakt ?(?:info\w*|väg\w*)$", r"^(?:telefon|tel|mobil)[ /,]*(?:och|e-?post|mejl)", r"^hur nås") +
    # when
    _words("start", 1, r"^(?:planerad |beräknad )?start(?:ar|datum|tid|dag)?(?: ?(?:den|datum))?$", r"^(?:på)?börjar?s?\b", r"^från(?: och med)?$", r"^fr\.?o\.?m", r"^påbörja", r"^start ?date$", r"^när (?:startar|börjar)") +
    _words("when", 1, r"^när$", r"^när\b(?!.*(?:start|börja|följ|uppfölj|mät|återkoppl))", r"^(?:ska (?:vara )?|beräknas |planeras |planerat |beräknat )?(?:klart?|färdigt?|slutförd?t?|avslutas?t?|genomförd?t?|utförd?t?) (?:senast|till|när|datum|den|vecka)\b",
           r"^(?:planerat |beräknat |planerad |beräknad )?slut(?:datum|tid|dag)?$", r"^dead ?line", r"^sista (?:datum|dag)", r"^senast(?: klart?)?$", r"^klar ?datum", r"^färdig(?:datum|ställ\w*)", r"^förfall\w*", r"^måldatum", r"^t\.?o\.?m", r"^(?:ska|skall) vara (?:klart?|färdigt?)",
           r"^when\b", r"^due\b", r"^end ?date", r"^(?:beräknat|planerat|beräknas|planeras) (?:klart?|färdigt?|avslut|vara klart)$", r"^slutförs|^avslutas|^klart senast", r"^vilket datum", r"\bsenast$") +
    _words("when", 2, r"^tid(?:s)?(?:plan|ram|punkt|åtgång|sätt\w*|splanering|period|horisont)?$", r"^tids?plan", r"^tids?ram", r"^tidpunkt", r"^datum$", r"^date$", r"^vecka$", r"^månad$", r"^kvartal$", r"^period$", r"^genomför(?:s|ande)?(?:tid|datum|period)", r"^time(?:line|frame)?$", r"^planerad tid", r"^tid \(", r"^när och hur", r"^datum (?:för|då)", r"^tid ?(?:och|/)") +
    _words("when", 3, r"^till$", r"^(?:klart?|färdigt?)$") +
    # who
    _words("organisation", 1, r"^(?:ansvarig )?(?:organisation|förvaltning|arbetsplats|myndighet|enhet|verksamhet|aktör|part|nämnd|avdelning|bolag|arbetsgivare|sektor)(?:er|en)?$", r"^organisation\b", r"^ansvarig (?:organisation|förvaltning|aktör|part|nämnd|enhet|verksamhet)", r"^organi[sz]ation$") +
    _words("responsible", 1, r"^vem$", r"^vem\b(?!.*(?:drabb|målgrupp|följ|mät|för vem|berör))", r"^(?:huvud)?ansvar(?:ig|iga|ig/a|ar|s)?\b(?!.*uppfölj)", r"^åtgärdsansvarig", r"^utför(?:are|s av)", r"^genomför(?:are|s av)", r"^åtgärdsägare|^ägare",
           r"^who\b", r"^responsib", r"^owner\b", r"^assignee", r"^assigned", r"^ansvarig person/organisation", r"^vilka? (?:gör|ansvarar|är ansvarig|ska göra)", r"^namn på ansvarig", r"^namn \(?ansvarig") +
    _words("responsible", 2, r"^kontakt(?:person(?:er)?)?$", r"^namn$", r"^handläggare", r"^kontaktperson", r"^person(?:er)?$", r"^resursperson", r"^samordnas av", r"^contact$") +
    # how it went
    _words("status", 1, r"^uppföljning(?:en)?\b(?!.*(?:datum|ansvar|när|vem|metod))", r"^status\b", r"^gubb\w*", r"^(?:åtgärdens |aktuell[t]? )?(?:status|läge(?:t)?)\b", r"\bstatus$", r"^follow[- ]?up", r"^genomförande(?:status|grad|läge)", r"^genomförd\?|^(?:klar|klart|genomfört|utfört|färdig)\?|^(?:klar|klart|genomförd|genomfört|utförd|utfört) ?\(?ja ?/ ?nej") +
    _words("status", 2, r"^progress", r"^framdrift", r"^trafikljus", r"^färg(?:kod|markering)?$", r"^smiley", r"^grön[ ,/-]+gul[ ,/-]+röd", r"^rag$", r"^läges(?:rapport|beskrivning|uppdatering)", r"^hur (?:har det gått|gick det|långt)", r"^(?:genomförd|genomfört|utförd|utfört|klarmarkerad|avklarat|avslutad|genomförda)$", r"^vad har (?:hänt|gjorts)", r"^avstämning", r"^bedömning", r"^done$") +
    _words("status", 3, r"^resultat\w*\b", r"^utfall\b", r"^måluppfyll", r"^results?$", r"^utvärdering", r"^outcome") +
    _words("status", 4, r"^kommentar\w*", r"^anteckning\w*", r"^notering\w*", r"^comments?$", r"^notes?$") +
    # why
    _words("cause", 1, r"^(?!orsak ?\d)(?:bakomliggande |trolig[a]? |möjlig[a]? |identifierad[e]? |sannolik[a]? |direkt[a]? |underliggande |grund|rot|del|huvud)*orsak(?:er|en|erna|sanalys|sbeskrivning)?\b", r"^problem ?(?:/|och|eller|,) ?orsak", r"^orsak ?(?:/|och|eller|,) ?problem", r"\borsak(?:er|en)?$", r"^(?:root |underlying )?causes?\b", r"^vilken orsak", r"^varför (?:uppstår|finns|sker|har vi)") +
    _words("cause", 2, r"^varför\??$", r"^bakgrund", r"^riskfaktor", r"^why\??$", r"^anledning") +
    # what is to change
    _words("goal", 1, r"^(?:operativ[at]*|kortsiktig[at]*|konkret[a]?|mätbar[at]*|smarta?|uppsatta?|delaktivitets?|aktivitets|insats|process|produktions|del|prestations)[ -]?mål(?:et|en|sättning(?:ar)?)?\b", r"^(?:operational|smart) goals?\b") +
    _words("goal", 2, r"^mål(?:et|en)?\b", r"^(?:goals?|objectives?|targets?)\b", r"^vad (?:ska|vill) vi uppnå", r"^målsättning", r"^förväntat? (?:resultat|effekt)", r"^önskat? (?:resultat|effekt|läge)") +
    _words("goal", 3, r"^effektmål", r"^effekt(?:er)? (?:som|vi)", r"^(?:önskad|förväntad|avsedd) effekt", r"^övergripande mål", r"^huvudmål|^inriktningsmål|^syftes?mål", r"^\w+mål$") +
    _words("goal", 4, r"^syfte\b", r"^vad vill vi", r"^purpose") +
    # the problem
    _words("problem", 1, r"^problem(?:et|en|område|bild|beskrivning|formulering)?\b", r"^(?:prioriterat |prioriterade )?(?:fokus|utvecklings|insats|mål|problem|åtgärds|verksamhets|temaområde)område(?:n|t)?\b", r"^(?:prioriterat )?område\b", r"^utmaning\w*", r"^tema\b", r"^prioriterat? (?:område|problem)", r"^focus ?area", r"^fokus\b", r"^brottstyp", r"^problem\b", r"^lägesbild") +
    # what is done
    _words("action", 1, r"^(?!(?:åtgärd|aktivitet|insats) ?\d)(?:planerad[e]? |föreslagen |föreslagna |konkret[a]? |beslutad[e]? |förebyggande |situationell[a]? |social[a]? |brottsförebyggande |trygghetsskapande |ny[a]? )?(?:åtgärd(?:er|en|erna|sförslag|sbeskrivning)?|aktivitet(?:er|en|erna)?|insats(?:er|en|erna)?|handling(?:ar)?)\b(?! ?(?:status|senast))", r"^förslag (?:till|på) åtgärd", r"^vad (?:ska |skall |gör |göra|görs|som ska)", r"^actions?\b", r"^activit", r"^measures?\b", r"^interventions?\b") +
    _words("action", 2, r"^vad$", r"^vad\?$", r"^(?:att|ska) göra(?:s)?\b", r"^aktion(?:er)?$", r"^uppgift(?:er)?$", r"^moment$", r"^arbetsuppgift", r"^uppdrag$", r"^tasks?$", r"^what$", r"^to ?do$", r"^vi gör\b", r"^göra$", r"^initiativ\b", r"^metod\b", r"^lösning\w*") +
    _words("action", 3, r"^hur\??$", r"^beskrivning(?: av)?", r"^genomförande$", r"^arbetssätt$", r"^hur (?:ska|gör)") +
    _words("extra", 2, r"^vad har|^vem drabb|^för vem")
)

_NUMBERED = re.compile(r"^(?:\d{1,2}|[a-z])\s*[.):]\s*|^\d{1,2}\s+(?=[a-zåäö])|^(?:steg|kolumn|fråga)\s*\d+\s*[.:)]?\s*")
_HYPHENATED = re.compile(r"(?<=[a-zåäö])-\s+(?!(?:och|eller|samt)\b)(?=[a-zåäö])", re.IGNORECASE)
_TAIL = re.compile(r"[\s:*.…]+$")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_SECOND_LINE = re.compile(
    r"^(?:namn|telefon|tel|tfn|mobil|e-?post|mejl|mail|organisation|förvaltning|start|slut|från|till|datum|nr|nummer|text|beskrivning|färg|gubbe|"
    r"kommentar|person|status|klart?|period|ord|fritext|ansvarig|\([^)]*\))$")


@lru_cache(maxsize=4096)
def meaning_of(header: str) -> Meaning | None:
    """Return what a header means, or None if it is not known."""
    text = _TAIL.sub("", _NUMBERED.sub("", fold(_HYPHENATED.sub("", header.replace("\u00ad", "")))))
    if not text or len(text) > LONGEST_HEADER:
        return None
    for attempt in dict.fromkeys((text, _BRACKETS.sub(" ", text).strip())):
        for pattern, meaning in _MEANINGS:
            if pattern.search(attempt):
                return meaning
    return None


def is_status_question(header: str) -> bool:
    """Return whether the header asks for yes or no: "Klart?", "Genomförd (ja/nej)"."""
    return bool(re.match(r"^(?:\d+[.)] ?)?(?:klar|klart|genomförd|genomfört|utförd|utfört|färdig|färdigt|slutförd|avslutad|done)\b ?(?:\?|\(?ja|$)", fold(header)))


# ---- where the header is ----

def header_at(rows: Sequence[Row], place: int) -> Header | None:
    """
    Return the header that begins at rows[place], or None if that row is not one.

    A header has the action and one more of the six, or three of them, and is made of headers rather than of texts.
    The second row of a header in two rows is taken when it says more than the first alone.
    """
    one = _made([rows[place]], place, place)
    if place + 1 < len(rows) and len(set(_texts([rows[place]]).values())) > 1 and _can_be_second(rows[place], rows[place + 1]):
        two = _made([rows[place], rows[place + 1]], place, place + 1)
        below = _made([rows[place + 1]], place + 1, place + 1)
        if two and (below is None or len(two.known) > len(below.known)) and (one is None or _says_more(two, one, rows[place + 1])):
            return two
    return one


def is_header_within(header: Header) -> bool:
    """Return whether a header found inside a table is surely one: three of the six, and hardly anything but headers."""
    texts = [column.header for column in header.columns]
    known = sum(meaning_of(text.split(" · ")[-1]) is not None or meaning_of(text.split(" · ")[0]) is not None for text in texts)
    short = all(len(_BRACKETS.sub(" ", text).split()) <= 7 for text in texts)
    return len(header.core) >= 3 and "action" in header.core and known * 4 >= len(texts) * 3 and short


def is_cause_list(rows: Sequence[Row], place: int) -> Header | None:
    """Return the header of a list of causes (a cause column, at most a number and two more), or None."""
    texts = _texts([rows[place]])
    if not 1 <= len(texts) <= 5 or any(len(text) > LONGEST_HEADER for text in texts.values()):
        return None
    columns = _columns(texts)
    roles = [column.role for column in columns]
    meaning = next((found for text in texts.values() if (found := meaning_of(text)) and found.role == "cause"), None)
    known = sum(role != "extra" for role in roles)
    if meaning and meaning.rank == 1 and "cause" in roles and "action" not in roles and (known >= 2 or len(texts) == 1):
        return Header(place, place, columns)
    return None


def is_help_row(header: Header, row: Row) -> bool:
    """Return whether the row under a header only explains it: texts in brackets, or questions."""
    texts = [text for text in _texts([row]).values() if text]
    explaining = [text for text in texts if re.fullmatch(r"\(.*\)|\[.*\]|.{0,200}\?", text, re.DOTALL)]
    return len(texts) >= 2 and len(explaining) == len(texts)


def repeats(header: Header, row: Row) -> bool:
    """Return whether the row says the same as the header above it: page breaks, and the second row of a merged header."""
    texts = {fold(text) for text in _texts([row]).values() if text}
    mine = {fold(part) for column in header.columns for part in (column.header, *column.header.split(" · ")) if part}
    return bool(texts) and texts <= mine


def _texts(rows: Sequence[Row]) -> dict[int, str]:
    """Return the header texts by column, two rows joined with " · ". A text merged over columns counts in each."""
    texts: dict[int, str] = {}
    for row in rows:
        for index, cell in enumerate(row.cells):
            text = " ".join(text_of(cell).split())
            if text and text not in texts.get(index, "").split(" · "):
                texts[index] = f"{texts[index]} · {text}" if texts.get(index) else text
    return texts


def _made(rows: Sequence[Row], first: int, last: int) -> Header | None:
    texts = _texts(rows)
    own = {text for row in rows for cell in row.cells if (text := text_of(cell)) and not cell.merged}
    if len(set(texts.values())) < 2 or len(own) < 2:
        return None
    columns = _columns(texts)
    core = {column.role for column in columns} & set(CORE)
    known = sum(column.role != "extra" or bool(meaning_of(column.header)) for column in columns if column.header)
    only_text = all(isinstance(cell.value, str) or cell.value is None for row in rows for cell in row.cells)
    if len(core) < (2 if only_text else 3) or not ("action" in core or len(core) >= 3):
        return None
    if known * 3 < len(texts) or (known * 2 < len(texts) and len(core) < 3):
        return None
    if sum(len(text) > 120 for text in texts.values()) * 2 > len(texts):
        return None
    return Header(first, last, columns)


def _columns(texts: Mapping[int, str]) -> tuple[Column, ...]:
    """Return what each column is. Of several that claim the same role the surest has it; merged ones share it."""
    meanings = {index: _meaning_of_joined(text) for index, text in texts.items()}
    claims: dict[str, int] = {}
    for index in sorted(texts):
        meaning = meanings[index]
        if meaning and meaning.role in (*CORE, "problem", "start"):
            best = claims.get(meaning.role)
            if best is None or meaning.rank < (meanings[best] or meaning).rank:
                claims[meaning.role] = index
    roles = {index: (meaning.role if meaning else "extra") for index, meaning in meanings.items()}
    for index, role in roles.items():
        if role in claims and claims[role] != index and not _shares(role, texts, claims[role], index, meanings):
            roles[index] = "extra"
    _settle_contacts(roles, meanings)
    _settle_stray(roles, meanings, texts)
    _settle_numbers(roles)
    return tuple(Column(index, roles[index], texts[index]) for index in sorted(texts))


def _meaning_of_joined(text: str) -> Meaning | None:
    """Return the meaning of a header in two rows: of the lower row if it is known, else of the upper."""
    upper, _, lower = text.partition(" · ")
    if not lower:
        return meaning_of(text)
    below, above = meaning_of(lower), meaning_of(upper)
    if above and above.role in ("responsible", "when") and below and below.role in ("responsible", "when", "email", "phone", "start", "organisation", "contact"):
        return below
    if above and above.role in ("cause", "action") and below and below.role == "number":
        return Meaning(f"{above.role}_number", 1)
    if above and (below is None or below.rank > 1 or _SECOND_LINE.match(fold(lower))):
        return above
    return below or above


def _shares(role: str, texts: Mapping[int, str], best: int, index: int, meanings: Mapping[int, Meaning | None]) -> bool:
    """Return whether a second column of a role belongs to the first: one merged header, or a second status as sure."""
    if texts[best] == texts[index] and abs(best - index) == 1:
        return True
    mine, first = meanings[index], meanings[best]
    return role == "status" and mine is not None and first is not None and mine.rank <= 2


def _settle_contacts(roles: dict[int, str], meanings: Mapping[int, Meaning | None]) -> None:
    """Let an organisation or a contact be the responsible where no other column is; a second contact person gives contacts."""
    if "responsible" not in roles.values():
        for role in ("organisation", "contact"):
            found = [index for index, one in roles.items() if one == role]
            if found:
                roles[found[0]] = "responsible"
                return
    for index, meaning in meanings.items():
        if meaning and meaning.role == "responsible" and meaning.rank == 2 and roles[index] == "extra":
            roles[index] = "contact"


def _settle_stray(roles: dict[int, str], meanings: Mapping[int, Meaning | None], texts: Mapping[int, str]) -> None:
    """Let "Klart" be the status where another column says when, and "Slut" stay when beside "Start"."""
    if "status" not in roles.values():
        for index, meaning in meanings.items():
            if meaning and meaning.role == "when" and meaning.rank == 3 and roles[index] == "extra" and fold(texts[index]) != "till":
                roles[index] = "status"
                return


def _settle_numbers(roles: dict[int, str]) -> None:
    """Let a number column number the cause or the action that stands right of it."""
    for index, role in list(roles.items()):
        if role == "number":
            right = roles.get(index + 1, "")
            roles[index] = f"{right}_number" if right in ("cause", "action") else "extra"


def _can_be_second(first: Row, second: Row) -> bool:
    """
    Return whether a row can be the second of a header: short words that are headers, or cells merged from above.

    One text over the whole row is a heading of what stands under it, even if it looks like help: "(vad ska göras?)".
    """
    if is_merged_over(second):
        return False
    seen = False
    for index, cell in enumerate(second.cells):
        text = text_of(cell)
        if not text:
            continue
        above = text_of(first.cells[index] if index < len(first.cells) else EMPTY)
        if cell.merged and text == above:
            continue
        if not isinstance(cell.value, str) or len(text) > 40 or not (_SECOND_LINE.match(fold(text)) or meaning_of(text)):
            return False
        seen = True
    return seen


def _says_more(two: Header, one: Header, second: Row) -> bool:
    """Return whether the second row adds a column, or stands under headers that are merged over it."""
    if len(two.core) > len(one.core) or len(two.known) > len(one.known):
        return True
    texts = [text_of(cell) for cell in second.cells if text_of(cell) and not cell.merged]
    return bool(texts) and two.known >= one.known and all(_SECOND_LINE.match(fold(text)) for text in texts)

"""
The responsible of a row: names, with their e-mail addresses and telephone numbers wherever in the cell they stand.

Nothing of a name is lost: role, organisation and unit stay in it ("Gatuchef Eva Ek", "Fritidsgården, Åsa Öberg").
A comma parts two people only where both sides are people's names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from samsyn.chain.swedish import fold
from samsyn.formats.reading import ReadPerson

LONGEST = 1500  # characters: more than that is no list of names
_EMAIL = re.compile(r"(?:mailto:)?([\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w@.+/-])(?:\+\d{1,3}|00\d{2})[ \-]?(?:\(0\))?[ \-]?\d{1,4}(?:[ \-/]{0,3}\d{2,5}){1,4}(?!\w)"
    r"|(?<![\w@.+/-])(?:\(0\d{1,3}\)|0\d{1,3})(?: ?[-/–] ?| )?\d{1,4}(?:[ \-–]{0,3}\d{2,4}){1,3}(?![\w-])"
    r"|(?<![\w@.+/-])0\d{7,11}(?!\w)")
_LABEL = re.compile(
    r"(?:\b(?:e-?post(?:adress)?|e-?mail|mejl|mail|epost|telefon(?:nummer|nr)?|tele?|tfn|tlf|mobil(?:telefon|nummer)?|mob|ph(?:one)?|kontakt|nås på|växel)\b"
    r"[.:]?|[☎✆📞📱✉📧])\s*[:.]?\s*(?=[\x01\x02])", re.IGNORECASE)
_MARK = re.compile("[\x01\x02]\\d+\x03")
_SEVERAL = re.compile(r"\s*(?:[\n;|•·]|\s\+\s|(?<=[^\s\d])/(?=[A-ZÅÄÖ\x01])|\s/\s)\s*")
_AND = re.compile(r"\s+(?:och|samt|and|&|tillsammans med|jämte)\s+|\s*&\s*(?=[A-ZÅÄÖ])")
_AND_LAST = re.compile(r"[ ,]+(?:och|samt|and|&)\s*\n")
_TITLE = re.compile(r"chef|rektor|samordnare|sekreterare|handläggare|ansvarig|ledare|strateg|konsulent|assistent|\wpolis$", re.IGNORECASE)
_NOBODY = re.compile(
    r"[-–—_?.!*x\s]*|n\.? ?n\.?|vakant|vakans|tbd|ingen(?: än| ännu| utsedd)?|(?:ska|ska|kommer att|bör) (?:ut|till)ses|"
    r"(?:ej|inte|ännu inte) (?:utsedd|klart|bestämt|bestämd|tillsatt|känt)|utses(?: senare)?|saknas|oklart|(?:att|ska) bestämmas|"
    r"bestäms senare|meddelas senare|namn|unknown|nobody|none|n/a|(?:ej )?tillsätts?|vem\?*|ansvarig saknas")
_ROLE_PREFIX = re.compile(r"^\s*(?:(?:huvud)?ansvarig(?:a)?|kontaktperson(?:er)?|kontakt|namn|vem)\s*[:=]\s*", re.IGNORECASE)
_PERSON = re.compile(r"^(?:[A-ZÅÄÖÉÜ][\w'’.-]*)(?: (?:av|af|von|de|van|der|[A-ZÅÄÖÉÜ][\w'’.-]*)){1,3}$")
_FIRST_NAME = re.compile(r"^[A-ZÅÄÖÉÜ][a-zåäöéü'’-]+$")

_WORKPLACE = re.compile(
    r"polis|kommun|region|skola|gård|förvaltning|kontor|tjänst|bolag|nämnd|enhet|verksamhet|avdelning|förening|stiftelse|sektor|styrelse|"
    r"grupp|råd(?:et)?$|chef|rektor|samordnare|sekreterare|handläggare|ansvarig|ledare|strateg|\bab\b|fastighet|bostad|bostäder|hem$|hemmet|"
    r"kyrka|försvar|räddning|elevhälsa|soc\b|fritid|bibliotek|fält|centrum|\bbrå\b|vård|omsorg|team|säkerhet|butik|handel|företag|"
    r"polisområde|lpo|ungdom|\bif\b|\bik\b|ägare|boende|personal|vuxna|vakt|projekt|utbildning|gata|park|miljö|kultur|teknik|samhäll",
    re.IGNORECASE)
_UNIT_WORDS = frozenset(
    "kultur fritid barn utbildning gata gator park vård omsorg individ familj mark exploatering samhälle miljö bygg hälsa teknik fastighet "
    "fastigheter stöd service trygghet säkerhet idrott förening unga ungdom ungdomar skola förskola plan trafik natur näringsliv arbete "
    "arbetsmarknad integration hållbarhet utveckling kök lokal lokaler drift underhåll krisberedskap beredskap demokrati turism vatten "
    "avlopp mat måltid it digitalisering ekonomi kansli kommunikation hem bostad tillsyn tillstånd alkohol brand räddning".split())


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """
    Those a row names.

    nobody    True if the cell says that nobody is named yet ("N.N.", "vakant")
    unclear   True if addresses could not be given to their names with certainty
    """

    people: tuple[ReadPerson, ...]
    nobody: bool = False
    unclear: bool = False


def read_people(text: str, *, emails: str = "", phones: str = "", organisations: str = "") -> PeopleRead:
    """
    Read who is responsible.

    text            the cell, with names, addresses and numbers in any order
    emails, phones, organisations   what stands in columns of their own, "" if there are none
    """
    if len(text) > LONGEST:
        return PeopleRead((ReadPerson(" ".join(text.split())),), unclear=True)
    given, nobody = _in_order(*_marked(text))
    given, one = _shared_out(given, [*_all_emails(given), *_EMAIL.findall(emails[:LONGEST])], "email")
    given, two = _shared_out(given, [*_all_phones(given), *_phones_of(phones)], "phone")
    given, three = _with_organisations(given, organisations)
    return PeopleRead(given, nobody and not given, unclear=not (one and two and three))


def _in_order(marked: str, emails: list[str], phones: list[str]) -> tuple[tuple[ReadPerson, ...], bool]:
    """Return the people of a marked text, each with the addresses and numbers beside the name, and whether it says that there is nobody."""
    people: list[ReadPerson] = []
    nobody = False
    for part in _parts(marked):
        mine = [emails[int(mark[1:-1])] for mark in _MARK.findall(part) if mark[0] == "\x01"]
        tel = [phones[int(mark[1:-1])] for mark in _MARK.findall(part) if mark[0] == "\x02"]
        name = _tidy(_MARK.sub(" ", part))
        if _NOBODY.fullmatch(fold(name)):
            nobody = nobody or bool(name)
            name = ""
        if not name and people and (mine or tel) and (people[-1].name or not (people[-1].email and mine)):
            people[-1] = _with(people[-1], mine, tel)
        elif name and people and not people[-1].name and not (mine or tel):
            people[-1] = replace(people[-1], name=name)
        elif name or mine or tel:
            people.append(_with(ReadPerson(name), mine, tel))
    return tuple(people), nobody


def _marked(text: str) -> tuple[str, list[str], list[str]]:
    """Return the text with a mark in place of every address and number, and these in their order."""
    emails: list[str] = []
    phones: list[str] = []

    def email(found: re.Match[str]) -> str:
        emails.append(found.group(1).rstrip(".,;"))
        return f"\x01{len(emails) - 1}\x03"

    def phone(found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found.group())
        if not 7 <= len(digits) <= 15:
            return found.group()
        phones.append(re.sub(r"\s+", " ", found.group()).strip())
        return f"\x02{len(phones) - 1}\x03"

    marked = _PHONE.sub(phone, _EMAIL.sub(email, text))
    return _LABEL.sub("", re.sub("[<(]\\s*([\x01\x02]\\d+\x03)\\s*[>)]", r" \1 ", marked)), emails, phones


def _phones_of(text: str) -> list[str]:
    """Return the numbers of a column of its own: split as listed, since an extension is no full number."""
    return [part.strip() for part in re.split(r"[\n;,]| / | och ", text[:LONGEST]) if re.search(r"\d", part)]


def _parts(text: str) -> list[str]:
    """Return the text cut where one person ends and the next begins."""
    parts: list[str] = []
    for piece in _SEVERAL.split(_AND_LAST.sub("\n", text)):
        parts.extend(_cut_at_commas(_cut_at_and(piece)))
    return _rejoined([part for part in parts if part.strip()])


def _cut_at_and(piece: str) -> list[str]:
    """Cut "Eva Ek och Åsa Öberg"; leave "Kultur och fritid" and "Barn- och utbildning" whole."""
    cut: list[str] = []
    start = 0
    for found in _AND.finditer(piece):
        before, after = piece[start:found.start()], piece[found.end():]
        if _are_two(before, after):
            cut.append(before)
            start = found.end()
    return [*cut, piece[start:]]


def _are_two(before: str, after: str) -> bool:
    left = _MARK.sub("", before).strip(" ,;")
    right = _MARK.sub("", after).strip(" ,;")
    if not left or not right:
        return bool(before.strip() and after.strip())
    last, first = fold(left).split()[-1], re.split(r"[\s,]", fold(right))[0]
    if left.endswith("-") or (right[0].islower() and not left[0].islower()):
        return False
    return not ({last, first} <= _UNIT_WORDS or (last in _UNIT_WORDS and first.startswith(tuple(_UNIT_WORDS)) and len(left.split()) == 1))


def _cut_at_commas(pieces: list[str]) -> list[str]:
    """Cut a list of names at its commas: "Eva Ek, Åsa Öberg" is two, "Fritidsgården, Åsa Öberg" is one."""
    cut: list[str] = []
    for piece in pieces:
        held = ""
        for part in re.split(r",(?![^()]*\))", piece):
            if held and _starts_another(held, part, listed=len(pieces) > 1):
                cut.append(held)
                held = part
            else:
                held = f"{held},{part}" if held else part
        cut.append(held)
    return cut


def _starts_another(held: str, part: str, *, listed: bool) -> bool:
    names = [name for name in (_bare(one) for one in held.split(",")) if name]
    new = _bare(part)
    if not new or not names:
        return False
    if _is_person(new):
        return any(_is_person(name) for name in names)
    if len(names) == 1 and _is_workplace(names[0]) and _is_workplace(new) and len(names[0].split()) == len(new.split()) == 1:
        return not _TITLE.search(names[0])
    return listed and all(_FIRST_NAME.match(name) and not _is_workplace(name) for name in (*names, new))


def _bare(text: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", _MARK.sub(" ", text)).strip(" ,;:-–")


def _is_person(name: str) -> bool:
    """Return whether it is a person's full name, with or without a title before it."""
    words = name.split()
    while words and _TITLE.search(words[0]):
        words = words[1:]
    left = " ".join(words)
    return bool(_PERSON.match(left)) and not _is_workplace(left)


def _is_workplace(name: str) -> bool:
    return bool(_WORKPLACE.search(fold(name)))


def _rejoined(parts: list[str]) -> list[str]:
    """Put back what is no person of its own: a unit in brackets, a title under a name, the workplace of the only person."""
    one_person = sum(_is_person(_bare(one)) for part in parts for one in part.split(",")) == 1
    kept: list[str] = []
    for part in (part.strip() for part in parts):
        bare = _bare(part)
        belongs = kept and bare and not _NOBODY.fullmatch(fold(bare)) and (
            (part[0].islower() and not _is_person(bare)) or (_is_person(_bare(kept[-1].split(",")[0])) and not _is_person(bare) and (
                _TITLE.search(bare) or (one_person and _is_workplace(bare)))))
        if kept and part.startswith("("):
            kept[-1] = f"{kept[-1]} {part}"
        elif belongs:
            kept[-1] = f"{kept[-1].rstrip(' ,')}, {part}"
        else:
            kept.append(part)
    return kept


def _tidy(name: str) -> str:
    name = re.sub(r"\(\s*[,;:/-]*\s*\)|<\s*>|\[\s*\]", " ", name)
    name = _ROLE_PREFIX.sub("", name)
    name = re.sub(r"\b(?:tel(?:efon)?|tfn|mobil|mob|e-?post|mail|mejl)\b\.?:?\s*$", "", name.strip(), flags=re.IGNORECASE)
    name = re.sub(r"\s*,(?:\s*,)+", ",", name)
    return re.sub(r"\s+", " ", name).strip(" ,;:/|•·").removesuffix(" -").removesuffix(" –").removeprefix("- ").strip()


def _with(person: ReadPerson, emails: Sequence[str], phones: Sequence[str]) -> ReadPerson:
    return replace(person, email=_joined(person.email, emails), phone=_joined(person.phone, phones))


def _joined(have: str, more: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(part for part in (*have.split(", "), *more) if part))


def _all_emails(people: Sequence[ReadPerson]) -> list[str]:
    return [email for person in people for email in person.email.split(", ") if email]


def _all_phones(people: Sequence[ReadPerson]) -> list[str]:
    return [phone for person in people for phone in person.phone.split(", ") if phone]


def _shared_out(people: tuple[ReadPerson, ...], values: list[str], kind: str) -> tuple[tuple[ReadPerson, ...], bool]:
    """
    Give each person their address or number: by the name in the address, else one each in their order.

    returns   the people, and whether it was certain whose is whose
    """
    values = list(dict.fromkeys(values))
    if not values:
        return people, True
    if not people:
        return tuple(replace(ReadPerson(""), **{kind: value}) for value in values), True
    if len(people) == 1:
        return (replace(people[0], **{kind: ", ".join(values)}),), True
    if kind == "email" and (owners := _owners(people, values)):
        return tuple(replace(person, email=_joined("", owned)) for person, owned in zip(people, owners, strict=True)), True
    if len(values) == len(people):
        return tuple(replace(person, **{kind: value}) for person, value in zip(people, values, strict=True)), True
    already = [getattr(person, kind) for person in people]
    left = [value for value in values if all(value not in one.split(", ") for one in already)]
    if not left:
        return people, True
    first = replace(people[0], **{kind: _joined(already[0], left)})
    return (first, *people[1:]), False


def _owners(people: Sequence[ReadPerson], emails: Sequence[str]) -> list[list[str]] | None:
    """Return the addresses of each person by the names in them, or None unless every address has exactly one owner."""
    owners: list[list[str]] = [[] for _ in people]
    for email in emails:
        local = _letters(email.split("@")[0])
        fits = [index for index, person in enumerate(people) if any(len(word) > 1 and word in local for word in _name_words(person.name))]
        best = [index for index in fits if all(word in local for word in _name_words(people[index].name)[:2])] or fits
        if len(best) != 1:
            return None
        owners[best[0]].append(email)
    return owners


def _name_words(name: str) -> list[str]:
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper() and not _is_workplace(word)]
    return [_letters(word) for word in words]


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", fold(text).translate(str.maketrans("åäö", "aao")))


def _with_organisations(people: tuple[ReadPerson, ...], text: str) -> tuple[tuple[ReadPerson, ...], bool]:
    text = text.strip()
    if not text or _NOBODY.fullmatch(fold(text)):
        return people, True
    if not people:
        return (ReadPerson(text, organisation=text),), True
    parts = [part.strip() for part in re.split(r"[\n;]|, ?", text) if part.strip()]
    if len(people) > 1 and len(parts) == len(people):
        return tuple(replace(person, organisation=part) for person, part in zip(people, parts, strict=True)), True
    one = " ".join(text.split())
    return tuple(replace(person, organisation=one) for person in people), True

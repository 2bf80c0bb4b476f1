"""Who may do what. The one place where roles get their rights, with the words people read."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.chain.choices import Choice


class Role(Choice):
    COORDINATOR = "coordinator", "Samordnare"
    MUNICIPAL_POLICE_OFFICER = "municipal_police_officer", "Kommunpolis"
    RESPONSIBLE = "responsible", "Åtgärdsansvarig"
    STEERING_MEMBER = "steering_member", "Styrgruppsledamot"
    READER = "reader", "Läsare"


class Right(Choice):
    READ = "read", "läsa planer och rapporter"
    CHECK_IN_OWN = "check_in_own", "stämma av egna åtgärder"
    EDIT_CHAIN = "edit_chain", "ändra problem, orsaker, mål och åtgärder"
    SET_FACES = "set_faces", "sätta gubbar"
    BRING_FILES = "bring_files", "läsa in planer och öppna original"
    SAVE_REPORTS = "save_reports", "spara rapporter och begära beslut"
    INVITE = "invite", "bjuda in och ändra roller"
    WRITE_IN_MEETINGS = "write_in_meetings", "skriva i möten"
    RUN_MEETINGS = "run_meetings", "hålla i grupper och möten"
    NUDGE = "nudge", "sköta påminnelser och utskick"


@dataclass(frozen=True, slots=True)
class RoleAbout:
    """What a role may do, and a sentence that says so."""

    rights: frozenset[Right]
    words: str


EVERYTHING = frozenset(Right)
ROLES = {
    Role.COORDINATOR: RoleAbout(EVERYTHING, "Samordnaren håller i planen: ändrar allt, sätter gubbar, läser in och bjuder in."),
    Role.MUNICIPAL_POLICE_OFFICER: RoleAbout(EVERYTHING, "Kommunpolisen äger planen tillsammans med samordnaren och får göra detsamma."),
    Role.RESPONSIBLE: RoleAbout(
        frozenset({Right.READ, Right.CHECK_IN_OWN, Right.WRITE_IN_MEETINGS}),
        "Den ansvariga läser planen, stämmer av sina egna åtgärder, säger hur långt de har kommit och skriver i möten."),
    Role.STEERING_MEMBER: RoleAbout(frozenset({Right.READ, Right.WRITE_IN_MEETINGS}), "Ledamoten läser planen och rapporterna, och skriver i möten."),
    Role.READER: RoleAbout(frozenset({Right.READ}), "Läsaren läser planen och rapporterna. För gäster och metodstöd."),
}


def rights_of(role: str) -> frozenset[Right]:
    """Return what a role may do; an unknown role may do nothing."""
    return ROLES[Role(role)].rights if role in {r.value for r in Role} else frozenset()

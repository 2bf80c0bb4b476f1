"""
Who gets what at every address: {not signed in, other partnership, reader, steering member, responsible, coordinator}.

An answer is what the person meets: SIGN_IN (the sign-in page), a status code, or 302 for "done, go on".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import uuid4

from tests.web.conftest import NOW, TODAY, Town

SIGN_IN = 1
BROUGHT = "Orsak;Åtgärd;Operativa mål;När;Vem;Uppföljning\n1. Mörkt;Byt lampor;Ljust;2027-03-31;Eva;grön\n".encode()
ROLES: dict[str, str | None] = {
    "not signed in": None, "other partnership": "Erik", "reader": "Rut", "steering member": "Carin", "responsible": "Bo", "coordinator": "Anna"}

Given = Callable[[Town], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """
    What one address answers to each of ROLES, in order.

    args      town -> arguments of the address
    sent      town -> what a POST carries; None = it is a GET
    case      what makes this row differ from another of the same address and method
    """

    name: str
    answers: tuple[int, int, int, int, int, int]
    args: Given
    sent: Given | None = None
    case: str = ""

    @property
    def method(self) -> str:
        return "GET" if self.sent is None else "POST"

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.case}".strip()


def nothing(_town: Town) -> dict[str, Any]:
    return {}


def plan(town: Town) -> dict[str, Any]:
    return {"plan": town.plan}


WORDS = ("kind", "rule", "ending", "field")


def with_plan(**more: str) -> Given:
    """Arguments of an address below the plan: an id is named by the town's attribute, a word stands for itself."""
    return lambda town: {"plan": town.plan, **{key: name if key in WORDS else getattr(town, name) for key, name in more.items()}}


def sends(**values: Any) -> Given:
    return lambda _town: values


def text(_town: Town) -> dict[str, Any]:
    """A form of one text, sent for the first time."""
    return {"text": "Nya ord", "once": uuid4().hex}


def password_token(town: Town) -> dict[str, Any]:
    from samsyn.records.access.models import User
    from samsyn.web.parts.password_link import password_token as token_of

    return {"token": token_of(User.objects.get(id=town.users["Bo"]))}


@cache
def what_was_understood() -> dict[str, Any]:
    from samsyn.flows.intake.bringing import kept_json
    from samsyn.formats.received_file import read_received

    return kept_json(read_received("plan.csv", BROUGHT, today=TODAY), is_paste=False)


def waiting_run(town: Town, content: bytes = BROUGHT) -> dict[str, Any]:
    """A reading that waits to be accepted."""
    from samsyn.records.access.acts import Actor, ActorKind
    from samsyn.records.source.writes import receive_file

    made = receive_file(
        partnership=town.partnership, organisation=town.organisation, name="plan.csv", content=content, reading=what_was_understood(), found_at=[],
        actor=Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), at=NOW)
    return {"run": made.id}


def accepted_run(town: Town) -> dict[str, Any]:
    """A reading that has gone into a new plan."""
    from tests.flows.brought import take_in, waiting

    made = waiting_run(town, BROUGHT + uuid4().hex.encode())  # another file than those before
    take_in(town, waiting(town, made["run"]))
    return made


# the answers that come again and again:   nobody   other  reader  steering  responsible  coordinator
ANYBODY = (200, 200, 200, 200, 200, 200)
OWN = (SIGN_IN, 200, 200, 200, 200, 200)          # the person's own rows, whoever it is
OWN_DONE = (SIGN_IN, 302, 302, 302, 302, 302)
READ = (SIGN_IN, 404, 200, 200, 200, 200)
EDIT = (SIGN_IN, 404, 403, 403, 403, 200)
EDITED = (SIGN_IN, 404, 403, 403, 403, 302)
TO_NEW = (SIGN_IN, 200, 403, 403, 403, 200)       # adding something to one's own partnership
ADDED_NEW = (SIGN_IN, 302, 403, 403, 403, 302)
CHECK_IN_OWN = (SIGN_IN, 404, 403, 403, 200, 200)
CHECKED_IN_OWN = (SIGN_IN, 404, 403, 403, 302, 302)
GO_ON = (302, 302, 302, 302, 302, 302)
NOT_HERE = (404, 404, 404, 404, 404, 404)

bos = with_plan(row="bo_action")
others = with_plan(row="other_action")
goal = with_plan(row="goal")
own_step = with_plan(row="bo_action", step="step")
other_step = with_plan(row="other_action", step="other_step")
rule = with_plan(rule="mal-utan-malvarde")

PUBLIC = [
    Row("first_run", GO_ON, nothing, case="when somebody can sign in"),
    Row("first_run", GO_ON, nothing, sends(name="X"), case="when somebody can sign in"),
    Row("account_login", (200, 302, 302, 302, 302, 302), nothing),
    Row("account_login", (200, 302, 302, 302, 302, 302), nothing, sends(login="anna@granviken.example", password="fel lösenord")),
    Row("account_logout", GO_ON, nothing, nothing),
    Row("enter_as", GO_ON, sends(who="bo"), nothing, case="of the cast"),
    Row("enter_as", NOT_HERE, sends(who="rut"), nothing, case="not of the cast"),
    Row("mail_link", NOT_HERE, nothing, sends(email="anna@granviken.example"), case="where no mail is sent"),
    Row("sign_in_by_link", GO_ON, sends(token="made-up"), case="worth nothing"),
    Row("sign_in_by_link", GO_ON, sends(token="made-up"), nothing, case="worth nothing"),
    Row("account_signup", GO_ON, nothing),
    Row("account_inactive", GO_ON, nothing),
    Row("account_reset_password", GO_ON, nothing),
    Row("join", NOT_HERE, sends(token="made-up"), case="with a link worth nothing"),
    Row("join", NOT_HERE, sends(token="made-up"), nothing, case="with a link worth nothing"),
    Row("join", (200, 409, 409, 409, 409, 409), lambda town: {"token": town.token}, case="meant for somebody new"),
    Row("join", (302, 409, 409, 409, 409, 409), lambda town: {"token": town.token}, sends(name="Nils", password="en helt ny mening"),
        case="meant for somebody new"),
    Row("new_password", NOT_HERE, sends(token="made-up"), case="with a link worth nothing"),
    Row("new_password", NOT_HERE, sends(token="made-up"), sends(password="en helt ny mening"), case="with a link worth nothing"),
    Row("new_password", ANYBODY, password_token, case="of Bo"),
    Row("new_password", GO_ON, password_token, sends(password="en helt ny mening"), case="of Bo"),
    Row("style", ANYBODY, nothing),
    Row("healthz", ANYBODY, nothing),
    Row("readyz", ANYBODY, nothing),
]

OURSELVES = [
    Row("start", OWN, nothing),
    Row("plans", OWN, nothing),
    Row("plans_file", OWN, sends(ending="xlsx")),
    Row("plans_file", OWN, sends(ending="csv"), case="as csv"),
    Row("late_file", OWN, sends(ending="xlsx")),
    Row("mine_file", OWN, sends(ending="csv")),
    Row("all_rules", OWN, nothing),
    Row("rules_file", OWN, sends(ending="csv")),
    Row("no_partnership", OWN_DONE, nothing, case="for somebody who takes part"),
    Row("settings", OWN, nothing),
    Row("members_file", OWN, sends(ending="xlsx")),
    Row("invitations_file", TO_NEW, sends(ending="csv")),
    Row("change_me", OWN_DONE, nothing, sends(which="name", name="Nytt namn")),
    Row("change_me", (SIGN_IN, 400, 400, 400, 400, 400), nothing, sends(which="password", old="fel", new="en helt ny mening"), case="wrong password"),
    Row("choose_partnership", (SIGN_IN, 404, 302, 302, 302, 302), nothing, lambda town: {"partnership": str(town.partnership)}),
    Row("invite", TO_NEW, nothing),
    Row("invite", TO_NEW, nothing, sends(name="Ny", email="ny@granviken.example", organisation="Skolan", role="reader")),
    Row("change_member", EDITED, lambda town: {"member": town.membership}, sends(role="reader")),
    Row("change_member", EDITED, lambda town: {"member": town.membership}, sends(act="end"), case="ends it"),
    Row("password_link", EDIT, lambda town: {"member": town.membership}, nothing),
    Row("put_away_first_steps", (SIGN_IN, 302, 403, 403, 403, 302), nothing, nothing),
    Row("revoke", EDITED, lambda town: {"invitation": town.invitation}, nothing),
]

THE_PLAN = [
    Row("new_plan", TO_NEW, nothing),
    Row("new_plan", ADDED_NEW, nothing, lambda _town: {"name": "En ny plan", "once": uuid4().hex}),
    Row("board", READ, plan),
    Row("chain_view", READ, plan),
    Row("chain_svg", READ, plan),
    Row("timeline_page", READ, plan),
    Row("plan_file", READ, with_plan(ending="xlsx")),
    Row("plan_file", READ, with_plan(ending="csv"), case="as csv"),
    Row("goals_file", READ, with_plan(ending="xlsx")),
    Row("remarks_file", READ, with_plan(ending="csv")),
    Row("change_plan", EDIT, plan),
    Row("change_plan", EDITED, plan, sends(name="Ett annat namn", version="1", base="{}")),
    Row("add_problem", EDIT, plan),
    Row("add_problem", EDITED, plan, sends(title="Ett nytt problem")),
    Row("change_problem", EDIT, with_plan(row="problem")),
    Row("change_problem", EDITED, with_plan(row="problem"), sends(title="Ett ändrat problem", version="1", base="{}")),
    Row("add_cause", EDIT, plan),
    Row("add_cause", EDITED, plan, lambda town: {"text": "En ny orsak", "problem": str(town.problem)}),
    Row("change_cause", EDIT, with_plan(row="cause")),
    Row("change_cause", EDITED, with_plan(row="cause"), sends(text="En ändrad orsak", version="1", base="{}")),
    Row("goals", READ, plan),
    Row("add_goal", EDIT, plan),
    Row("add_goal", EDITED, plan, text),
    Row("change_goal", EDIT, goal),
    Row("change_goal", EDITED, goal, sends(text="Ett ändrat mål", version="1", base="{}")),
    *(Row("remove_row", EDIT, with_plan(row=row, kind=kind), case=kind) for kind, row in
      (("problem", "problem"), ("cause", "cause"), ("goal", "goal"), ("action", "other_action"))),
    *(Row("remove_row", EDITED, with_plan(row=row, kind=kind), nothing, case=kind) for kind, row in
      (("problem", "problem"), ("cause", "cause"), ("goal", "goal"), ("action", "other_action"))),
    Row("take_up_row", EDITED, with_plan(row="withdrawn_goal", kind="goal"), nothing),
    Row("redact", EDIT, with_plan(row="other_action", kind="action", field="text")),
    Row("redact", EDITED, with_plan(row="other_action", kind="action", field="text"), sends(why="Ett namn stod där")),
    Row("redact", EDIT, with_plan(row="other_step", kind="step", field="text"), case="of a step"),
    Row("take_out_words", TO_NEW, nothing),
    Row("take_out_words", TO_NEW, nothing, sends(words="Nils Nilsson", why="Ett namn stod där", act="find"), case="looks first"),
    Row("take_out_words", ADDED_NEW, nothing, sends(words="Nils Nilsson", why="Ett namn stod där", act="remove"), case="takes out"),
    Row("take_out_original", EDIT, accepted_run),
    Row("take_out_original", EDITED, accepted_run, sends(why="Ett namn stod där")),
    Row("plan_check", READ, plan),
    Row("plan_rule", READ, rule),
    Row("rule_file", READ, lambda town: {**rule(town), "ending": "xlsx"}),
    Row("timeline_file", READ, with_plan(ending="csv")),
    Row("silence", EDITED, rule, sends(reason="Vi vet redan")),
    Row("silence", EDITED, rule, sends(act="speak"), case="speaks again"),
]

ACTIONS = [
    Row("quick_add", EDITED, plan, sends(text="En snabb åtgärd")),
    Row("add_action", EDIT, plan),
    Row("add_action", EDITED, plan, sends(text="En ny åtgärd", track="development")),
    Row("action", READ, bos),
    Row("card", READ, bos),
    Row("check_ins_file", READ, with_plan(row="bo_action", ending="csv")),
    Row("history_file", READ, with_plan(row="bo_action", ending="xlsx")),
    Row("change_action", EDIT, bos),
    Row("change_action", EDITED, bos, sends(text="En ändrad åtgärd", track="line", version="1", base="{}")),
    Row("check_in", CHECK_IN_OWN, bos, case="own action"),
    Row("check_in", CHECKED_IN_OWN, bos, sends(text="Vi har börjat", implementation="under_way"), case="own action"),
    Row("check_in", EDIT, others, case="somebody else's action"),
    Row("check_in", EDITED, others, sends(text="Vi har börjat", implementation="under_way"), case="somebody else's action"),
    Row("set_face", EDIT, bos),
    Row("set_face", EDITED, bos, sends(implementation="done", result="better", rests_on="measured", why="Färre anmälningar")),
    Row("add_step", EDITED, bos, text),
    Row("change_step", EDIT, own_step),
    Row("change_step", EDITED, own_step, sends(text="Ett ändrat moment", version="1", base="{}")),
    Row("act_on_step", CHECKED_IN_OWN, own_step, sends(act="done"), case="ticks on own action"),
    Row("act_on_step", EDITED, other_step, sends(act="done"), case="ticks on somebody else's action"),
    Row("act_on_step", EDITED, own_step, sends(act="remove"), case="removes"),
]

FILES = [
    Row("upload", TO_NEW, nothing),
    Row("upload", (SIGN_IN, 422, 403, 403, 403, 422), nothing, sends(paste="inget att läsa"), case="what is no table"),
    Row("example", OWN, nothing),
    Row("runs", TO_NEW, nothing),
    Row("runs_file", TO_NEW, sends(ending="csv")),
    Row("preview", EDIT, waiting_run),
    Row("preview", EDITED, waiting_run, sends(act="accept", name="En inläst plan", problem_p0="Ett problem"), case="accepts"),
    Row("preview", EDITED, waiting_run, sends(act="cancel"), case="cancels"),
    Row("preview", EDITED, waiting_run, sends(act="columns"), case="reads again"),
    Row("clean_held", EDITED, waiting_run, sends(paste="inget att läsa"), case="what is not held"),
    Row("import_done", EDIT, accepted_run),
    Row("take_back", EDITED, accepted_run, nothing),
    Row("original", EDIT, accepted_run),
    Row("original", EDIT, accepted_run, nothing),
]

REPORTS = [
    Row("report", READ, plan),
    Row("report_pdf", READ, plan),
    Row("save_report", EDITED, plan, nothing),
    Row("saved_report", READ, with_plan(report="report")),
    Row("saved_report_pdf", READ, with_plan(report="report")),
    Row("saved_file", READ, with_plan(ending="xlsx")),
    Row("decisions_file", EDIT, with_plan(ending="csv")),
    Row("ask_decision", EDITED, plan, text),
    Row("change_decision", EDIT, with_plan(row="decision")),
    Row("change_decision", EDITED, with_plan(row="decision"), sends(text="Ett ändrat beslut", version="1", base="{}")),
    Row("change_decision", EDITED, with_plan(row="decision"), sends(act="settle"), case="settles"),
]

from tests.web.rights_letters import LETTERS  # noqa: E402  (it is written with what stands above)
from tests.web.rights_live import LIVE  # noqa: E402  (it is written with what stands above)
from tests.web.rights_meetings import MEETINGS  # noqa: E402  (it is written with what stands above)
from tests.web.rights_minutes import MINUTES  # noqa: E402  (it is written with what stands above)
from tests.web.rights_notices import NOTICES  # noqa: E402  (it is written with what stands above)
from tests.web.rights_week import WEEK  # noqa: E402  (it is written with what stands above)
from tests.web.rights_whole_plan import WHOLE_PLAN  # noqa: E402  (it is written with what stands above)

TABLE: list[Row] = [*PUBLIC, *OURSELVES, *THE_PLAN, *ACTIONS, *FILES, *REPORTS, *WHOLE_PLAN, *NOTICES, *LETTERS, *LIVE, *MEETINGS, *MINUTES, *WEEK]

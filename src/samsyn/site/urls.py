"""Every address of the application. Swedish words without å, ä, ö; rows by opaque ids."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from samsyn.records.follow_up.kinds import KINDS
from samsyn.web.pages import health
from samsyn.web.pages.adoption import views as adoption
from samsyn.web.pages.adoption.exports import adopted_file, since_adoption_file
from samsyn.web.pages.calendar import views as calendar
from samsyn.web.pages.chain_view import views as chain
from samsyn.web.pages.checks import views as checks
from samsyn.web.pages.evaluation import views as evaluation
from samsyn.web.pages.first_run import views as first_run
from samsyn.web.pages.intake import preview
from samsyn.web.pages.intake import views as intake
from samsyn.web.pages.letters import views as letters
from samsyn.web.pages.link import by_hand
from samsyn.web.pages.link import views as link
from samsyn.web.pages.minutes import closing
from samsyn.web.pages.minutes import views as minutes
from samsyn.web.pages.notice_rules import views as notice_rules
from samsyn.web.pages.notice_settings import absence
from samsyn.web.pages.notice_settings import views as notice_settings
from samsyn.web.pages.live import views as live
from samsyn.web.pages.meetings import agenda, groups
from samsyn.web.pages.meetings import views as meetings
from samsyn.web.pages.order import views as order
from samsyn.web.pages.order.exports import order_file
from samsyn.web.pages.order.times import times
from samsyn.web.pages.outcomes import assignment as into_plan
from samsyn.web.pages.outcomes.due import settle_due
from samsyn.web.pages.outcomes import views as outcomes
from samsyn.web.pages.plans import action, answer, board, chain_rows, exports, redaction
from samsyn.web.pages.promises import views as promises
from samsyn.web.pages.pulse import views as pulse
from samsyn.web.pages.reports import views as reports
from samsyn.web.pages.settings import views as settings
from samsyn.web.pages.sign_in import views as sign_in
from samsyn.web.pages.start import assignment
from samsyn.web.pages.start import views as start
from samsyn.web.pages.style import views as style
from samsyn.web.pages.timeline import views as timeline


class Ending(StringConverter):
    """How a list is given: xlsx or csv."""

    regex = "xlsx|csv"


class RowKind(StringConverter):
    """problem, cause, goal or action."""

    regex = "problem|cause|goal|action"


class AnyKind(StringConverter):
    """Any kind of row that a plan is made of."""

    regex = "|".join(KINDS)


register_converter(RowKind, "kind")
register_converter(AnyKind, "any")
register_converter(Ending, "ending")

PLAN = "planer/<uuid:plan>/"
ACTION = PLAN + "atgarder/<uuid:row>/"
GROUP = "moten/grupper/<uuid:group>/"
MEETING = "moten/<uuid:meeting>/"
LIVE = MEETING + "live/"

urlpatterns = [
    path("", start.start, name="start"),
    path("borja/", first_run.first_run, name="first_run"),
    path("puls/", pulse.pulse, name="pulse"),
    path("puls/paminn/", pulse.remind, name="remind"),
    path("puls.<ending:ending>", pulse.pulse_file, name="pulse_file"),
    path("pa-vag-att-stanna.<ending:ending>", pulse.stalls_file, name="stalls_file"),
    path("uppdrag/<uuid:line>/svar/", assignment.answer_assignment, name="answer_assignment"),
    path("uppdrag/<uuid:line>/ny-dag/<uuid:answer>/", settle_due, name="settle_due"),
    path("planer/", start.plans, name="plans"),
    path("forsta-stegen/undan/", start.put_away_first_steps, name="put_away_first_steps"),
    path("logga-in/", sign_in.sign_in, name="account_login"),
    path("logga-ut/", sign_in.sign_out, name="account_logout"),
    path("logga-in/som/<slug:who>/", sign_in.enter_as, name="enter_as"),
    path("logga-in/lank/", sign_in.mail_link, name="mail_link"),
    path("logga-in/lank/<str:token>/", sign_in.by_link, name="sign_in_by_link"),
    path("logga-in/ingen-samverkan/", sign_in.no_partnership, name="no_partnership"),
    path("logga-in/stangd/", sign_in.closed, name="account_signup"),
    path("logga-in/avslutad/", sign_in.closed, name="account_inactive"),
    path("logga-in/losenord/", sign_in.closed, name="account_reset_password"),
    path("planer/ny/", chain_rows.new_plan, name="new_plan"),
    path("planer/las-in/", intake.upload, name="upload"),
    path("planer/las-in/mall.xlsx", intake.template, name="template"),
    path("planer/las-in/exempel.xlsx", intake.example, name="example"),
    path("planer/las-in/<uuid:run>/", preview.preview, name="preview"),
    path("planer/las-in/<uuid:run>/rensa/", intake.clean_held, name="clean_held"),
    path("planer/las-in/<uuid:run>/klart/", intake.import_done, name="import_done"),
    path("planer/las-in/<uuid:run>/angra/", intake.take_back_import, name="take_back"),
    path("planer/las-in/<uuid:run>/original/", intake.original, name="original"),
    path("planer/las-in/<uuid:run>/original/ta-bort/", redaction.take_out_original, name="take_out_original"),
    path("planer/ta-bort-ord/", redaction.take_out_words, name="take_out_words"),
    path("planer/inlasningar/", intake.runs, name="runs"),
    path("planer/inlasningar.<ending:ending>", intake.runs_file, name="runs_file"),
    path(PLAN, board.board, name="board"),
    path(PLAN + "uppgifter/", chain_rows.change_plan, name="change_plan"),
    path(PLAN + "problem/ny/", chain_rows.add_problem, name="add_problem"),
    path(PLAN + "problem/<uuid:row>/", chain_rows.change_problem, name="change_problem"),
    path(PLAN + "orsaker/ny/", chain_rows.add_cause, name="add_cause"),
    path(PLAN + "orsaker/<uuid:row>/", chain_rows.change_cause, name="change_cause"),
    path(PLAN + "mal/", chain_rows.goals, name="goals"),
    path(PLAN + "mal/ny/", chain_rows.add_goal, name="add_goal"),
    path(PLAN + "mal/<uuid:row>/", chain_rows.change_goal, name="change_goal"),
    path(PLAN + "ta-bort/<kind:kind>/<uuid:row>/", chain_rows.remove, name="remove_row"),
    path(PLAN + "ta-tillbaka/<kind:kind>/<uuid:row>/", chain_rows.take_up, name="take_up_row"),
    path(PLAN + "historik/<any:kind>/<uuid:row>/<slug:field>/", redaction.redact_field, name="redact"),
    path(PLAN + "atgarder/snabb/", board.quick_add, name="quick_add"),
    path(PLAN + "atgarder/flera/", board.add_many, name="add_many"),
    path(PLAN + "atgarder/ny/", action.add_action, name="add_action"),
    path(ACTION, action.action, name="action"),
    path(ACTION + "andra/", action.change_action, name="change_action"),
    path(ACTION + "kort/", action.card, name="card"),
    path(ACTION + "avstamning/", action.check_in, name="check_in"),
    path(ACTION + "svar/", answer.answer_action, name="answer_action"),
    path(ACTION + "lankar/", by_hand.links, name="action_links"),
    path(ACTION + "forslag/<uuid:check_in>/", answer.answer_proposal, name="answer_proposal"),
    path(ACTION + "gubbe/", action.set_face, name="set_face"),
    path(ACTION + "personalen/", action.add_note, name="add_note"),
    path(ACTION + "moment/", action.add_step, name="add_step"),
    path(ACTION + "moment/<uuid:step>/", action.change_step, name="change_step"),
    path(ACTION + "moment/<uuid:step>/gor/", action.act_on_step, name="act_on_step"),
    path(PLAN + "kollen/", checks.plan_check, name="plan_check"),
    path(PLAN + "kollen/<slug:rule>/", checks.plan_rule, name="plan_rule"),
    path(PLAN + "kollen/<slug:rule>/tysta/", checks.silence, name="silence"),
    path("plankollen/", checks.all_rules, name="all_rules"),
    path(PLAN + "rapport/", reports.report, name="report"),
    path(PLAN + "rapport.docx", reports.report_as_word, name="report_docx"),
    path(PLAN + "plan.docx", reports.plan_as_word, name="plan_docx"),
    path(PLAN + "rapport.pdf", reports.report_as_pdf, name="report_pdf"),
    path(PLAN + "rapport/spara/", reports.save, name="save_report"),
    path(PLAN + "rapporter/<uuid:report>/", reports.saved, name="saved_report"),
    path(PLAN + "rapporter/<uuid:report>.pdf", reports.saved_as_pdf, name="saved_report_pdf"),
    path(PLAN + "beslut/", reports.ask_decision, name="ask_decision"),
    path(PLAN + "beslut/<uuid:row>/", reports.change_decision, name="change_decision"),
    path(PLAN + "kedjan/", chain.chain_view, name="chain_view"),
    path(PLAN + "kedjan.svg", chain.chain_svg, name="chain_svg"),
    path(PLAN + "tidslinje/", timeline.timeline_page, name="timeline_page"),
    path(PLAN + "plan.<ending:ending>", exports.plan_file, name="plan_file"),
    path(PLAN + "mal.<ending:ending>", exports.goals_file, name="goals_file"),
    path(PLAN + "kollen.<ending:ending>", checks.remarks_file, name="remarks_file"),
    path("planer.<ending:ending>", start.plans_file, name="plans_file"),
    path("sena-atgarder.<ending:ending>", start.late_file, name="late_file"),
    path("mina-atgarder.<ending:ending>", start.mine_file, name="mine_file"),
    path("plankollen.<ending:ending>", checks.rules_file, name="rules_file"),
    path(PLAN + "kollen/<slug:rule>.<ending:ending>", checks.rule_file, name="rule_file"),
    path(PLAN + "tidslinje.<ending:ending>", timeline.timeline_file, name="timeline_file"),
    path(PLAN + "ordning.<ending:ending>", order_file, name="order_file"),
    path(PLAN + "uppfoljning.<ending:ending>", evaluation.follow_up_file, name="follow_up_file"),
    path(PLAN + "rapporter.<ending:ending>", reports.saved_file, name="saved_file"),
    path(PLAN + "beslut.<ending:ending>", reports.decisions_file, name="decisions_file"),
    path(PLAN + "antagande.<ending:ending>", adopted_file, name="adopted_file"),
    path(PLAN + "antagande/<uuid:adoption>.<ending:ending>", since_adoption_file, name="since_adoption_file"),
    path(ACTION + "avstamningar.<ending:ending>", exports.check_ins_file, name="check_ins_file"),
    path(ACTION + "historik.<ending:ending>", exports.history_file, name="history_file"),
    path("installningar/inbjudningar.<ending:ending>", settings.invitations_file, name="invitations_file"),
    path("installningar/med.<ending:ending>", settings.members_file, name="members_file"),
    path(PLAN + "ataganden/", promises.commitments, name="commitments"),
    path(PLAN + "ataganden.<ending:ending>", promises.commitments_file, name="commitments_file"),
    path(PLAN + "ataganden/nytt/", promises.add_commitment, name="add_commitment"),
    path(PLAN + "ataganden/<uuid:row>/", promises.change_commitment, name="change_commitment"),
    path(PLAN + "ataganden/<uuid:row>/gor/", promises.act_on_commitment, name="act_on_commitment"),
    path("planer/lamna-over/", promises.reassign, name="reassign"),
    path(PLAN + "ordning/", order.order_of_actions, name="order"),
    path(PLAN + "ordning/tider/", times, name="times"),
    path(PLAN + "ordning/kombination/", order.add_bundle, name="add_bundle"),
    path(PLAN + "ordning/kombination/<uuid:row>/", order.change_bundle, name="change_bundle"),
    path(PLAN + "ordning/<uuid:row>/vantar-pa/", order.waits, name="waits_for"),
    path(PLAN + "ordning/<uuid:row>/flytta/", order.move, name="move_action"),
    path(PLAN + "uppfoljning/", evaluation.follow_up, name="follow_up"),
    path(PLAN + "lardomar/", evaluation.lessons, name="lessons"),
    path(PLAN + "lardomar.<ending:ending>", evaluation.lessons_file, name="lessons_file"),
    path(PLAN + "lardomar/ny/", evaluation.add_lesson, name="add_lesson"),
    path(PLAN + "lardomar/<uuid:row>/", evaluation.change_lesson, name="change_lesson"),
    path(PLAN + "antagande/", adoption.adopted, name="adopted"),
    path(PLAN + "antagande/nytt/", adoption.adopt, name="adopt"),
    path(PLAN + "antagande/<uuid:adoption>/", adoption.since_adoption, name="since_adoption"),
    path(PLAN + "antagande/<uuid:adoption>.pdf", adoption.adopted_pdf, name="adopted_pdf"),
    path(PLAN + "antagande/<uuid:adoption>.docx", adoption.adopted_docx, name="adopted_docx"),
    path(PLAN + "antagande/<uuid:adoption>/ratta/", adoption.correct, name="correct_adoption"),
    path(PLAN + "nasta-ar/", adoption.next_year, name="next_year"),
    path("paminnelser/", notice_rules.notice_rules_page, name="notice_rules"),
    path("paminnelser.<ending:ending>", notice_rules.notice_rules_file, name="notice_rules_file"),
    path("installningar/paminnelser/", notice_settings.notice_settings, name="notice_settings"),
    path("installningar/paminnelser/tider/", notice_settings.change_rhythm, name="change_rhythm"),
    path("installningar/paminnelser/plan/<uuid:plan>/", notice_settings.change_plan_pace, name="change_plan_pace"),
    path("installningar/paminnelser/part/<uuid:party>/", notice_settings.change_contact, name="change_contact"),
    path("installningar/paminnelser/planer.<ending:ending>", notice_settings.paces_file, name="paces_file"),
    path("installningar/paminnelser/kontakter.<ending:ending>", notice_settings.contacts_file, name="contacts_file"),
    path("installningar/franvaro/", absence.absences, name="absences"),
    path("installningar/franvaro.<ending:ending>", absence.absences_file, name="absences_file"),
    path("installningar/franvaro/ny/", absence.add_absence, name="add_absence"),
    path("installningar/franvaro/<uuid:absence>/", absence.change_absence, name="change_absence"),
    path("installningar/franvaro/<uuid:absence>/ta-bort/", absence.withdraw_absence, name="withdraw_absence"),
    path("installningar/", settings.settings, name="settings"),
    path("installningar/allt.zip", settings.everything, name="everything"),
    path("installningar/jag/", settings.change_me, name="change_me"),
    path("installningar/samverkan/", settings.choose_partnership, name="choose_partnership"),
    path("installningar/bjud-in/", settings.invite, name="invite"),
    path("installningar/medlem/<uuid:member>/", settings.change_member, name="change_member"),
    path("installningar/medlem/<uuid:member>/losenord/", settings.password_link, name="password_link"),
    path("nytt-losenord/<str:token>/", settings.new_password, name="new_password"),
    path("installningar/inbjudan/<uuid:invitation>/", settings.revoke, name="revoke"),
    path("inbjudan/<str:token>/", settings.join, name="join"),
    path("utskick/", letters.letters, name="letters"),
    path("utskick.<ending:ending>", letters.letters_file, name="letters_file"),
    path("utskick/skickade/", letters.tick, name="tick_letters"),
    path("utskick/<uuid:letter>/", letters.letter, name="letter"),
    path("svar/<str:token>/", link.link, name="answer_link"),
    path("svar/<str:token>", link.link, name="answer_link_bare"),  # some programs cut the last slash, and a form cannot be led on
    path("moten/", meetings.meetings, name="meetings"),
    path("moten.<ending:ending>", meetings.meetings_file, name="meetings_file"),
    path("moten/nytt/", meetings.plan_meeting, name="plan_meeting"),
    path("moten/grupper/ny/", groups.new_group, name="new_group"),
    path(GROUP, groups.group, name="group"),
    path(GROUP + "andra/", groups.change_group, name="change_group"),
    path(GROUP + "lagg-ned/", groups.close_group, name="close_group"),
    path(GROUP + "med.<ending:ending>", groups.group_people_file, name="group_people_file"),
    path(GROUP + "med/", groups.add_people, name="add_people"),
    path(GROUP + "med/ny/", groups.add_person, name="add_person"),
    path(GROUP + "med/<uuid:row>/", groups.change_person, name="change_person"),
    path(GROUP + "med/<uuid:row>/ta-bort/", groups.remove_person, name="remove_person"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(MEETING + "andra/", meetings.change_meeting, name="change_meeting"),
    path(MEETING + "kalla/", meetings.call_to_meeting, name="call_to_meeting"),
    path(MEETING + "stall-in/", meetings.cancel_meeting, name="cancel_meeting"),
    path(MEETING + "dagordning.<ending:ending>", agenda.agenda_file, name="agenda_file"),
    path(MEETING + "forslag/", agenda.fetch_proposals, name="fetch_proposals"),
    path(MEETING + "punkter/ny/", agenda.add_point, name="add_point"),
    path(MEETING + "punkter/<uuid:row>/", agenda.change_point, name="change_point"),
    path(MEETING + "punkter/<uuid:row>/flytta/", agenda.move_point, name="move_point"),
    path(MEETING + "punkter/<uuid:row>/ta-bort/", agenda.remove_point, name="remove_point"),
    path(MEETING + "punkter/<uuid:row>/ta-tillbaka/", agenda.take_up_point, name="take_up_point"),
    path("kalender/<str:token>.ics", calendar.calendar, name="calendar"),
    path("installningar/kalender/", calendar.calendars, name="calendars"),
    path("installningar/kalender/ny/", calendar.make_calendar, name="make_calendar"),
    path("installningar/kalender/dra-in/", calendar.revoke_calendar, name="revoke_calendar"),
    path(MEETING + "avsluta/", closing.close, name="close_meeting"),
    path(MEETING + "protokoll/", minutes.minutes, name="minutes"),
    path(MEETING + "protokoll.pdf", minutes.minutes_as_pdf, name="minutes_pdf"),
    path(MEETING + "protokoll.docx", minutes.minutes_as_word, name="minutes_docx"),
    path(MEETING + "uppdrag.<ending:ending>", minutes.assignments_file, name="assignments_file"),
    path(MEETING + "uppdrag/<uuid:row>/i-planen/", into_plan.put, name="put_in_plan"),
    path(MEETING + "beslut/", outcomes.outcomes, name="outcomes"),
    path(MEETING + "beslut/anta/<uuid:plan>/", outcomes.adopt, name="adopt_in_meeting"),
    path(MEETING + "beslut/avsatt/<uuid:plan>/", outcomes.aside, name="set_aside"),
    path(MEETING + "beslut/dagar/<uuid:plan>/", outcomes.days, name="set_reporting_days"),
    path(MEETING + "beslut/begart/<uuid:decision>/", outcomes.settle, name="settle_in_meeting"),
    path(LIVE, live.live, name="live"),
    path(LIVE + "nytt/", live.news, name="live_news"),
    path(LIVE + "oppna/", live.open_live, name="live_open"),
    path(LIVE + "steg/", live.step, name="live_step"),
    path(LIVE + "rad/", live.write, name="live_write"),
    path(LIVE + "rad/<uuid:row>/", live.change, name="live_line"),
    path(LIVE + "narvaro/", live.attend, name="live_attend"),
    path(LIVE + "gubbe/<uuid:point>/", live.set_faces, name="live_faces"),
    path("stil", style.style, name="style"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "samsyn.web.faults.bad_request"
handler404 = "samsyn.web.faults.not_found"

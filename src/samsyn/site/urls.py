"""Every address of the application. Swedish words without å, ä, ö; rows by opaque ids."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from samsyn.web.pages.plans import action, board, chain_rows
from samsyn.web.pages.sign_in import views as sign_in
from samsyn.web.pages.style import views as style


class RowKind(StringConverter):
    """problem, cause, goal or action."""

    regex = "problem|cause|goal|action"


register_converter(RowKind, "kind")

PLAN = "planer/<uuid:plan>/"
ACTION = PLAN + "atgarder/<uuid:row>/"

urlpatterns = [
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
    path(PLAN + "atgarder/snabb/", board.quick_add, name="quick_add"),
    path(PLAN + "atgarder/ny/", action.add_action, name="add_action"),
    path(ACTION, action.action, name="action"),
    path(ACTION + "andra/", action.change_action, name="change_action"),
    path(ACTION + "kort/", action.card, name="card"),
    path(ACTION + "avstamning/", action.check_in, name="check_in"),
    path(ACTION + "gubbe/", action.set_face, name="set_face"),
    path(ACTION + "moment/", action.add_step, name="add_step"),
    path(ACTION + "moment/<uuid:step>/", action.change_step, name="change_step"),
    path(ACTION + "moment/<uuid:step>/gor/", action.act_on_step, name="act_on_step"),
    path("stil", style.style, name="style"),
]

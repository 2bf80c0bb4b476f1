"""Due dates that are proposed and wait for the coordinator: the same list on the action page and in my week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from samsyn.records.partnership.rights import Right
from samsyn.records.plan.proposal_reads import Proposal, open_proposals
from samsyn.web.gate import PageRequest
from samsyn.web.parts.returning import returning


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal with where it is answered; `address` is "" for whoever may not."""

    proposal: Proposal
    address: str


def proposal_lines(request: PageRequest, actions: Iterable[UUID] | None = None, *, back: str = "") -> list[ProposalLine]:
    """
    Return the open proposals as `parts/proposals.html` shows them: `{% include "parts/proposals.html" with proposals=... %}`.

    actions   only of these; None = of every action of the partnership
    back      where an answer leads back to, an address of our own; "" = the action's page
    """
    may = request.member.may(Right.EDIT_CHAIN)
    return [ProposalLine(one, returning(reverse("answer_proposal", args=[one.plan, one.action, one.check_in]), back) if may else "")
            for one in open_proposals(request.member.partnership, actions)]

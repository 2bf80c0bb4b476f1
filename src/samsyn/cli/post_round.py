"""A morning and a round of posting, with the settings of the installation: for `samsyn remind`, and for the clocks beside the server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samsyn.flows.notices.morning import MorningResult
    from samsyn.flows.notices.posting import PostResult
    from samsyn.flows.notices.smtp import SmtpServer
    from samsyn.site.config import Config


def mail_server(config: Config) -> SmtpServer | None:
    """Return the mail server of the settings, not connected; None if none is set up."""
    from samsyn.flows.notices.smtp import SmtpServer

    if not config.sends_mail:
        return None
    return SmtpServer(config.SAMSYN_SMTP_HOST, config.SAMSYN_SMTP_PORT, config.SAMSYN_MAIL_FROM, config.smtp_tls,
                      config.SAMSYN_SMTP_USER, config.SAMSYN_SMTP_PASSWORD)


def morning_since(since: datetime, at: datetime) -> MorningResult:
    """Do the morning's work in the partnerships where it has not been done since a moment."""
    from samsyn.chain.wording import local_day
    from samsyn.flows.notices.morning import morning, without_morning

    return morning(local_day(at), at, without_morning(since, at))


def post_round(config: Config, at: datetime, *, is_stopping: Callable[[], bool] = lambda: False) -> PostResult:
    """Write and send what may be written and sent. Raises SomebodySends if another process is doing it."""
    from samsyn.flows.notices.attachments import attaching
    from samsyn.flows.notices.posting import post
    from samsyn.site.one_sender import only_sender

    with only_sender(config.folder) as is_alone:
        return post(at, mail_server(config), config.url, attach=attaching(config.url, at), alone=is_alone, is_stopping=is_stopping)

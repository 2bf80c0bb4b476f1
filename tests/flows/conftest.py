"""The town of the web tests, and the acts of a plan that comes in, as tests of flows need them."""

from __future__ import annotations

from tests.web.conftest import django_db_setup, monday_morning, town  # noqa: F401

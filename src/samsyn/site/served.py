"""The application as a worker of `samsyn serve` loads it: the worker ends with the server that started it, even if that was killed."""

from __future__ import annotations

from samsyn.site.parent import end_with_parent
from samsyn.site.wsgi import application as application

end_with_parent()

"""What an installation writes is for its owner's eyes, also in a folder that is open to others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

WRITES = """
import sys
from pathlib import Path
from samsyn.site.start import set_up
Path("before").touch()
set_up()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE row (id INTEGER)")
"""


def test_the_database_is_its_owners_alone_in_an_open_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    subprocess.run([sys.executable, "-c", WRITES], cwd=tmp_path, env={**os.environ, "SAMSYN_FOLDER": str(tmp_path)}, check=True, umask=0o022)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir() if path.is_file()}
    assert modes.pop("before") == 0o644
    assert "samsyn.sqlite3" in modes and set(modes.values()) == {0o600}

"""
Every setting of an installation, in one place, typed. Each is read from an environment variable with the same name.

Nothing else in Samsyn reads the environment, except the debug switch of the command line.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

DEFAULT_FOLDER = "var"
TLS_PORT, SUBMISSION_PORT = 465, 587  # RFC 8314
TLS = ("", "starttls", "tls", "none")
ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")


@dataclass(frozen=True, slots=True)
class Config:
    """
    The settings.

    SAMSYN_FOLDER          where the database and the secret key lie; made if missing
    SAMSYN_BIND            address the server listens on; others than loopback need a proxy with TLS in front
    SAMSYN_PORT            port the server listens on
    SAMSYN_HOSTS           host names that the application answers to, with commas between
    SAMSYN_HTTPS           1 when a proxy with TLS stands in front: cookies are then sent over https only
    SAMSYN_WORKERS         number of server processes
    SAMSYN_SMTP_HOST       mail server; empty = no mail is sent, and no page offers it
    SAMSYN_SMTP_PORT       its port
    SAMSYN_SMTP_TLS        starttls, tls (from the first byte) or none; empty = tls on port 465, starttls on port 587 and where
                           there is a user, else none
    SAMSYN_SMTP_USER       its user, may be empty
    SAMSYN_SMTP_PASSWORD   its password, may be empty
    SAMSYN_MAIL_FROM       the sender's address
    SAMSYN_URL             where people reach Samsyn, as it stands in letters: https://samsyn.exempel.se; empty = this machine
    SAMSYN_SIGN_IN_RATE    failed sign-ins allowed, as allauth writes it: ip = from one address, key = on one account from one
                           address; several windows make the wait grow. Nothing shuts an account for other addresses
    SAMSYN_DEBUG           1 shows traces in the browser; never where others can reach it
    """

    SAMSYN_FOLDER: str = DEFAULT_FOLDER
    SAMSYN_BIND: str = "127.0.0.1"
    SAMSYN_PORT: int = 8000
    SAMSYN_HOSTS: str = "localhost,127.0.0.1,[::1]"
    SAMSYN_HTTPS: bool = False
    SAMSYN_WORKERS: int = 2
    SAMSYN_SMTP_HOST: str = ""
    SAMSYN_SMTP_PORT: int = 587
    SAMSYN_SMTP_TLS: str = ""
    SAMSYN_SMTP_USER: str = ""
    SAMSYN_SMTP_PASSWORD: str = ""
    SAMSYN_MAIL_FROM: str = "samsyn@localhost"
    SAMSYN_URL: str = ""
    SAMSYN_SIGN_IN_RATE: str = "10/m/ip,5/5m/key,15/h/key,40/d/key"
    SAMSYN_DEBUG: bool = False

    @property
    def folder(self) -> Path:
        return Path(self.SAMSYN_FOLDER).resolve()

    @property
    def database(self) -> Path:
        return self.folder / "samsyn.sqlite3"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.SAMSYN_BIND in ("127.0.0.1", "::1", "localhost")

    @property
    def sends_mail(self) -> bool:
        return bool(self.SAMSYN_SMTP_HOST)

    @property
    def smtp_tls(self) -> str:
        """How the connection to the mail server is protected: "starttls", "tls" from the first byte, or "" for not at all."""
        if self.SAMSYN_SMTP_TLS:
            return "" if self.SAMSYN_SMTP_TLS == "none" else self.SAMSYN_SMTP_TLS
        if self.SAMSYN_SMTP_PORT == TLS_PORT:
            return "tls"
        return "starttls" if self.SAMSYN_SMTP_PORT == SUBMISSION_PORT or self.SAMSYN_SMTP_USER else ""

    @property
    def url(self) -> str:
        """Where people reach Samsyn, without a slash at the end."""
        return self.SAMSYN_URL.rstrip("/") or f"http://localhost:{self.SAMSYN_PORT}"


class BadSetting(Exception):
    """A setting has a value that cannot be used. The message names it and says what to write."""


def read_config(environment: dict[str, str] | None = None) -> Config:
    """Return the settings of the environment; what is not set has its default. Raises BadSetting."""
    found = os.environ if environment is None else environment
    given: dict[str, Any] = {f.name: _typed(f.name, found[f.name], type(f.default)) for f in fields(Config) if f.name in found}
    made = Config(**given)
    if made.SAMSYN_SMTP_TLS not in TLS:
        raise BadSetting(f"SAMSYN_SMTP_TLS är ”{made.SAMSYN_SMTP_TLS}”. Skriv starttls, tls eller none.")
    if made.SAMSYN_URL and not ADDRESS.fullmatch(made.SAMSYN_URL):
        raise BadSetting(f"SAMSYN_URL är ”{made.SAMSYN_URL}”. Skriv adressen där ni når Samsyn, till exempel https://samsyn.exempel.se.")
    return made


def _typed(name: str, text: str, kind: type) -> object:
    if kind is bool:
        if text not in ("0", "1", ""):
            raise BadSetting(f"{name} är ”{text}”. Skriv 1 för på eller 0 för av.")
        return text == "1"
    if kind is int:
        if not text.isdecimal():
            raise BadSetting(f"{name} är ”{text}”. Skriv ett helt tal.")
        return int(text)
    return text


def secret_key(folder: Path) -> str:
    """Return the installation's secret key; made on first use, readable by its owner only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the database holds what everybody wrote
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as target:
        key = secrets.token_urlsafe(64)
        target.write(key)
    return key

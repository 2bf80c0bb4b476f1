"""How our own static files are laid out: compressed, and named after their content, so that a browser may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A file that start-up has not laid out (in a test, or before the first start) goes by its plain name."""

    def stored_name(self, name: str) -> str:
        plain: str = self.clean_name(name)
        return self.hashed_files.get(self.hash_key(plain), plain)

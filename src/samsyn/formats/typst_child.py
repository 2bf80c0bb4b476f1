"""
The process that Typst runs in: `python -m samsyn.formats.typst_child`, a job on stdin, a PDF on stdout.

Typst keeps some 270 MB after its first document, so the process ends with the document. The job is JSON:
{"template": the source, "fonts": [folder], "inputs": {name: text}, "on": "2026-11-21"}. User text comes in `inputs`
alone, where Typst reads it as a value and never as source. A warning (an unknown font, say) is a failure: Typst would
otherwise replace the font and say nothing.

Exit status: 0 = the PDF is on stdout; 3 = Typst is not installed; 4 = Typst refused, its words are on stderr;
5 = Typst refused since a character is in none of the fonts.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

NOT_INSTALLED, REFUSED, NO_GLYPH = 3, 4, 5


def compiled(job: dict[str, Any]) -> bytes:
    """
    Return the PDF, tagged by PDF/UA-1.

    raises   typst.TypstError if Typst refuses or warns; ImportError if it is not installed
    """
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=job["fonts"])
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    made_at = datetime.fromisoformat(job["on"]).replace(hour=12, tzinfo=UTC)
    pdf, warnings = compiler.compile_with_warnings(
        input=job["template"].encode(), format="pdf", sys_inputs=job["inputs"], pdf_standards=["ua-1"], timestamp=made_at)
    if warnings:
        raise typst.TypstError("; ".join(warning.message for warning in warnings), "")
    if not isinstance(pdf, bytes):
        raise typst.TypstError("no document came out", "")
    return pdf


def main() -> int:
    """Read the job, write the PDF, and return the exit status."""
    try:
        pdf = compiled(json.load(sys.stdin))
    except ImportError as error:
        sys.stderr.write(str(error))
        return NOT_INSTALLED
    except RuntimeError as error:
        sys.stderr.write(str(error))
        return NO_GLYPH if "could not be displayed" in str(error) else REFUSED
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())

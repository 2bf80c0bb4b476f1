"""
The process that charts are drawn in: `python -m samsyn.formats.chart_child`, a job on stdin, the drawings on stdout.

The drawing engine keeps some hundred megabytes after its first chart, so the process ends with the job. The job is JSON:
{"fonts": folder, "kind": "svg" or "png", "specs": [Vega-Lite specification]}. The answer is a JSON list: SVG as text,
or PNG (two pixels a unit) in base64. Nothing is fetched: no base address is allowed.

Exit status: 0 = the answer is on stdout; 3 = the drawing engine is not installed; 4 = it refused, its words are on stderr.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

NOT_INSTALLED, REFUSED = 3, 4
SHARPNESS = 2.0


def drawn(job: dict[str, Any]) -> list[str]:
    """Return the drawings. Raises ImportError, or ValueError if the engine refuses a specification."""
    import vl_convert

    vl_convert.register_font_directory(job["fonts"])
    given: dict[str, Any] = {"format_locale": "sv-SE", "time_format_locale": "sv-SE", "allowed_base_urls": []}
    if job["kind"] == "png":
        return [base64.b64encode(vl_convert.vegalite_to_png(spec, scale=SHARPNESS, **given)).decode("ascii") for spec in job["specs"]]
    return [vl_convert.vegalite_to_svg(spec, **given) for spec in job["specs"]]


def main() -> int:
    """Read the job, write the drawings, and return the exit status."""
    job = json.load(sys.stdin)
    try:
        drawings = drawn(job)
    except ImportError as error:
        sys.stderr.write(str(error))
        return NOT_INSTALLED
    except ValueError as error:
        sys.stderr.write(str(error))
        return REFUSED
    sys.stdout.write(json.dumps(drawings))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Which fills of a status column are faces, and which only make a table pleasant to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samsyn.chain.choices import FormFace
from samsyn.formats.grid import Row, cell_at
from samsyn.formats.status_signs import FaceRead, face_of_colour

NO_FACE = FaceRead()


def faces_of_fills(rows: Sequence[Row], columns: Sequence[int], header_fills: Sequence[str]) -> Mapping[int, FaceRead]:
    """
    Return the faces that the fills of the status columns show: row number -> face.

    rows           the action rows of a table
    columns        indexes of the status columns
    header_fills   the fills of their header cells

    A fill that the whole row has is no face (every second row shaded), unless rows have different colours of the form:
    then it is asked about. Nor is one that the header and every row of the column have.
    """
    own: dict[int, str] = {}
    wide: dict[int, str] = {}
    for row in rows:
        fill = next((cell_at(row, column).fill for column in columns if _is_coloured(cell_at(row, column).fill)), "")
        if fill:
            (wide if _fills_row(row, columns, fill) else own)[row.number] = fill
    if len(own) == len(rows) and len(rows) > 1 and len(set(own.values())) == 1 and set(own.values()) <= set(header_fills):
        own = {}
    faces = {number: face_of_colour(fill) for number, fill in own.items()}
    coded = {face_of_colour(fill).face for fill in wide.values()} - {None}
    if len(coded) > 1:
        faces |= {number: FaceRead(face.face, ask=True) for number, fill in wide.items() if (face := face_of_colour(fill)).face}
    return faces


def is_face(face: FaceRead) -> bool:
    """Return whether anything was seen at all."""
    return face.face is not None or face.ask


def _is_coloured(fill: str) -> bool:
    return is_face(face_of_colour(fill))


def _fills_row(row: Row, columns: Sequence[int], fill: str) -> bool:
    """Return whether at least half of the row's other cells with anything in them have the fill too."""
    others = [cell for index, cell in enumerate(row.cells) if index not in columns and (cell.value is not None or cell.fill)]
    return bool(others) and sum(cell.fill == fill for cell in others) * 2 >= len(others)


def conflict(face: FormFace | None, other: FormFace | None) -> bool:
    """Return whether two faces are there and differ."""
    return face is not None and other is not None and face is not other

"""
The parts every page is built of. They know no domain beyond the closed words of the chain, and no database.

Each part is a plain function that returns safe markup, and a template tag of the same name (`{% load samsyn %}`).
/stil shows them all. The style sheet forbids style="": a part that needs a width draws it in SVG.
"""

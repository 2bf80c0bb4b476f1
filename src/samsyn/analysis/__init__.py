"""
Numbers in, findings out: the statistics of Samsyn.

Pure: no Django, no database server, no clock, no network. Nearly every function takes small tables of frequencies
(`frequency.py`) and returns an `Estimate` (`estimate.py`); `engine.py` makes the tables in one aggregation over the rows
and is the only module that knows an engine. `loke.py` is the table of contents.
"""

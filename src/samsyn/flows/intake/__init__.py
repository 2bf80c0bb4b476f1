"""
A plan comes in: a file is brought and read, somebody answers what was unclear, and the rows go into a plan in one act.

bringing        bytes -> a reading that waits (or a held file); read again with other columns; cleaned of personal numbers
understanding   a reading -> the plan it means, row by row, with what must be asked
matching        which rows of it the plan already has
accepting       the plan and the answers -> rows in the records, all or nothing
taking_back     within 30 days: the rows that nobody has touched are withdrawn
"""

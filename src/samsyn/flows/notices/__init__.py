"""Notices on their way: gathered and derived each morning, claimed into one letter a person, and posted."""

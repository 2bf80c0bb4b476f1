"""The invented unit of 24 participants that the tests of the analysis share, as rows of text."""

from __future__ import annotations

HEAD = "client_code,sex,birth_year,target_group,start,end,end_reason,sessions_planned,sessions_delivered,score_in,score_out,score_fu"
ROWS = """
K01,K,2005,A,2025-01-13,2025-05-05,fullfort,12,12,52,61,60
K02,M,2006,A,2025-01-20,2025-05-20,fullfort,12,11,47,58,55
K03,K,2004,A,2025-01-27,2025-06-02,fullfort,12,12,60,66,
K04,K,2007,B,2025-02-03,2025-03-10,avbrott_klient,10,4,44,,
K05,M,2005,A,2025-02-10,2025-06-16,fullfort,12,10,55,54,53
K06,K,2003,B,2025-02-17,2025-05-26,fullfort,10,10,41,55,57
K07,M,2008,B,2025-02-24,2025-06-09,fullfort,10,9,49,63,61
K08,K,2006,utanfor,2025-03-03,2025-04-14,hanvisad,12,3,58,,
K09,K,2005,A,2025-03-10,2025-07-07,fullfort,12,12,50,68,66
K10,M,2007,B,2025-03-17,2025-06-30,fullfort,10,8,53,50,
K11,K,2004,A,2025-03-24,2025-08-18,fullfort,12,12,46,57,58
K12,M,2006,A,2025-03-31,2025-05-12,avbrott_klient,12,5,43,,
K13,K,2008,B,2025-04-07,2025-08-25,fullfort,10,10,57,65,64
K14,K,2005,A,2025-04-14,2025-09-01,fullfort,12,11,39,52,50
K15,M,2003,utanfor,2025-04-22,2025-08-11,fullfort,12,9,62,64,
K16,K,2007,B,2025-04-28,2025-08-18,fullfort,10,10,48,59,62
K17,M,2005,A,2025-05-05,2025-09-22,fullfort,12,12,51,60,59
K18,K,2006,A,2025-05-12,2025-06-16,avbrott_verksamhet,12,4,45,47,
K19,M,2004,B,2025-05-19,2025-09-15,fullfort,10,9,56,70,68
K20,K,2008,A,2025-05-26,2025-10-06,fullfort,12,12,42,49,47
K21,M,2006,B,2025-06-02,,pagar,10,6,54,,
K22,K,2005,A,2025-06-09,2025-10-20,fullfort,12,11,49,62,
K23,K,2007,B,2025-06-16,2025-07-21,avbrott_klient,10,2,,,
K24,M,2003,A,2025-06-23,2025-11-03,fullfort,12,12,53,59,58
""".strip().splitlines()
SETTINGS = (
    '{"direction": "higher is better", "reliability": 0.85, "norm": {"mean": 70.7, "sd": 11.7, "n": 523}, "outside_target_group": ["utanfor"],'
    ' "completed": ["fullfort"], "ongoing": ["pagar"], "planned": "sessions_planned", "delivered": "sessions_delivered",'
    ' "score": {"start": "score_in", "end": "score_out", "follow_up": "score_fu"}}'
)
SWEDISH_HEAD = ("Kod;Kön;Födelseår;Målgrupp;Start;Slut;Avslutsorsak;Planerade träffar;Genomförda träffar;KASAM före;KASAM efter;KASAM uppföljning")


def unit_csv() -> bytes:
    """Return the unit as a CSV file."""
    return "\n".join([HEAD, *ROWS]).encode()


def swedish_csv(title: str = "") -> bytes:
    """Return the unit as Excel writes CSV in Swedish, under a title if there is one."""
    return "\r\n".join([*([title] if title else []), SWEDISH_HEAD, *(row.replace(",", ";") for row in ROWS)]).encode("utf-8-sig")
